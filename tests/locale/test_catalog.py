import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import etiquette_kit
import pyphen
import pytest
from etiquette_kit.cards.card import named_words
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, LanguageError, catalog, languages, plural
from etiquette_kit.locale.catalog import read_words
from etiquette_kit.rules import VALUES, all_cells, article_table, decide

LANGUAGES = ("de", "en")
PACKAGE = Path(etiquette_kit.__file__).parent
FRONT = [
    *(path for folder in ("card", "shared") for path in sorted((PACKAGE / "web" / folder).rglob("*.js"))),
    *sorted((PACKAGE / "formats").rglob("view.js")),
]


def _texts(node: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in node.items():
        if isinstance(value, Mapping):
            yield from _texts(value, f"{path}{key}.")
        else:
            assert isinstance(value, str)
            yield f"{path}{key}", value


def _all(lang: str) -> dict[str, str]:
    return dict(_texts(catalog(lang)._words))


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?…]+[“”\"]?(?=\s|$)", text))


def test_german_comes_first_and_english_is_there():
    assert languages()[0] == DEFAULT_LANGUAGE == "de"
    assert set(LANGUAGES) <= set(languages())


OTHERS = [lang for lang in languages() if lang != DEFAULT_LANGUAGE]


def _plain(lang: str) -> dict[str, str]:
    """Return a language's texts without the forms that only some counts take, which are other ones in each language."""
    forms = catalog(lang).plural_rules
    every = _all(lang)
    counted = {key for key in every for form in forms if key.endswith(f"_{form}") and key.removesuffix(f"_{form}") in every}
    return {key: text for key, text in every.items() if key not in counted and not key.startswith("plural.")}


@pytest.mark.parametrize("lang", OTHERS)
def test_every_language_has_the_same_files_and_keys_as_the_first(lang: str):
    files = [{path.name for path in (PACKAGE / "locale" / each).iterdir()} for each in (lang, DEFAULT_LANGUAGE)]
    assert files[0] == files[1]
    assert set(_plain(lang)) == set(_plain(DEFAULT_LANGUAGE))


@pytest.mark.parametrize("lang", languages())
def test_a_text_that_goes_with_a_count_has_a_form_for_each_rule_of_its_language(lang: str):
    own, first = catalog(lang), _all(DEFAULT_LANGUAGE)
    counted = {key.removesuffix("_one") for key in first if key.endswith("_one") and key.removesuffix("_one") in first}
    assert len(counted) > 30
    assert {f"{key}_{form}" for key in counted for form in own.plural_rules} - set(_all(lang)) == set()


@pytest.mark.parametrize("lang", languages())
def test_a_form_for_several_counts_names_the_count_if_the_plain_one_does(lang: str):
    every = _all(lang)
    for form, fits in catalog(lang).plural_rules.items():
        if sum(map(fits, range(1000))) > 1:
            unnamed = {key for key in every if "count" in _placeholders(every[key]) and f"{key}_{form}" in every}
            assert {key for key in unnamed if "count" not in _placeholders(every[f"{key}_{form}"])} == set()


@pytest.mark.parametrize("lang", languages())
def test_the_hyphenation_patterns_of_a_language_are_there(lang: str):
    patterns = catalog(lang)("syllables.patterns")
    assert not patterns or patterns in pyphen.LANGUAGES


@pytest.mark.parametrize("lang", OTHERS)
def test_every_text_has_the_same_placeholders_as_in_the_first_language(lang: str):
    first = _all(DEFAULT_LANGUAGE)
    different = {key: text for key, text in _plain(lang).items() if _placeholders(text) != _placeholders(first[key])}
    assert different == {}


@pytest.mark.parametrize("lang", languages())
def test_a_form_for_some_counts_leaves_open_nothing_that_the_plain_one_does_not(lang: str):
    every = _all(lang)
    forms = [(key, f"{key}_{form}") for key in every for form in catalog(lang).plural_rules if f"{key}_{form}" in every]
    assert [own for plain, own in forms if not _placeholders(every[own]) <= _placeholders(every[plain])] == []


MAY_BE_EMPTY = ("lint.", "cues.", "syllables.patterns", "note_lists.", "note_patterns.")
"""Lists that a language may do without."""


@pytest.mark.parametrize("lang", languages())
def test_no_text_is_empty_or_has_stray_spaces(lang: str):
    # These stand between or before others.
    stray = [
        key
        for key, text in _all(lang).items()
        if text.strip(" ") != text and not text.endswith(": ") and key not in ("end.or", "source.and")
    ]
    assert [key for key, text in _all(lang).items() if not text.strip() and not key.startswith(MAY_BE_EMPTY)] == []
    assert stray == []


@pytest.mark.parametrize("lang", languages())
def test_every_action_of_every_cell_has_a_reason_of_at_most_two_sentences_and_300_characters(lang: str):
    reasons = {(cell, action): decide(cell).reason(action, lang) for cell in all_cells() for action in decide(cell).basis}
    assert len(reasons) == sum(len(decide(cell).basis) for cell in all_cells())
    assert {key: text for key, text in reasons.items() if len(text) > 300} == {}
    assert {key: text for key, text in reasons.items() if not 1 <= _sentences(text) <= 2} == {}


def _reasons(lang: str) -> dict[str, str]:
    return {key: text for key, text in _all(lang).items() if key.startswith("reasons.")}


@pytest.mark.parametrize("lang", languages())
def test_a_reason_has_30_words_at_most_and_names_no_passage(lang: str):
    reasons = _reasons(lang)
    assert len(reasons) > 60
    assert {key: text for key, text in reasons.items() if len(text.split()) > 30} == {}
    assert {key: text for key, text in reasons.items() if re.search(r"\b[SR]\d", text)} == {}


@pytest.mark.parametrize("lang", languages())
def test_no_sentence_stands_in_two_reasons_that_are_read_beside_each_other(lang: str):
    # Of two rules too, as those for colleagues and bosses are met in one exercise; what is said of silence may return.
    sentences = [part for key, text in _reasons(lang).items() if not key.endswith(".silent") for part in re.split(r"(?<=[.!?:]) ", text)]
    assert [part for part, count in Counter(sentences).items() if count > 1] == []


@pytest.mark.parametrize("rule", ["R6", "R9"])
def test_declining_a_colleague_or_the_boss_in_silence_is_fine_and_the_reason_says_why(rule: str):
    german, english = (catalog(lang)(f"reasons.{rule}.decline_silently") for lang in ("de", "en"))
    assert "Kundschaft" in german
    assert "clients" in english
    assert re.search(r"Artikel .*\bab(zu)?sagen", german)
    assert re.search(r"article .*(refuse|say no)", english)


@pytest.mark.parametrize("lang", languages())
def test_graded_actions_have_their_own_reason_and_no_reason_is_left_over(lang: str):
    words = catalog(lang)
    used = {f"reasons.{rule.id}.{action}" for rule in article_table().rules for action in rule.grades}
    used |= {
        f"reasons.{rule.id}.{action}"
        for rule in article_table().rules
        for action in rule.silent
        if words.get(f"reasons.{rule.id}.{action}")
    }
    used |= {f"reasons.{rule.id}.silent" for rule in article_table().rules if rule.silent}
    assert {key for key in _all(lang) if key.startswith("reasons.")} == used


@pytest.mark.parametrize("lang", languages())
def test_there_are_four_words_for_grades_and_none_claims_a_recommendation(lang: str):
    words = catalog(lang)
    verdicts = words.table("grades")
    assert list(verdicts) == ["4", "3", "2", "1", "none"]
    assert len(set(verdicts.values())) == 5
    assert list(words.table("grade_meanings")) == ["4", "3", "2", "1"]
    assert list(words.table("basis_tags")) == ["stated", "implied"]
    assert [text for text in verdicts.values() if re.search(r"empf|rät|recommend|advi[sc]", text)] == []


def test_reasons_do_not_claim_that_a_note_is_owed_to_colleagues_or_the_boss():
    for rule in ("R4", "R5", "R6", "R7", "R8", "R9"):
        reason = catalog("de")(f"reasons.{rule}.decline_with_note")
        assert not re.search(r"\b(muss|müssen|gehört)\b.*Nachricht", reason)


def test_reasons_of_silent_actions_say_that_the_article_does_not_say():
    for cell in all_cells():
        advice = decide(cell)
        for action in (action for action, basis in advice.basis.items() if basis == "silent"):
            assert re.search(r"sagt der Artikel nicht", advice.reason(action, "de"))
            assert re.search(r"article (does not|says nothing|doesn’t)", advice.reason(action, "en")), advice.reason(action, "en")


@pytest.mark.parametrize("lang", languages())
def test_straight_quotes_stand_in_code_only(lang: str):
    code = re.compile(r'=\s"…"')
    straight = {key: text for key, text in _all(lang).items() if '"' in code.sub("", text)}
    assert straight == {}


def test_german_opens_low_and_english_opens_high():
    assert [catalog(lang)("language.quotes") for lang in ("de", "en")] == ["„“", "“”"]
    for key, text in _all("de").items():
        assert key == "language.quotes" or re.fullmatch(r"[^„“”]*(„[^„“”]+“[^„“”]*)*", text), f"{key}: {text}"
    for key, text in _all("en").items():
        assert key == "language.quotes" or re.fullmatch(r"[^„“”]*(“[^„“”]+”[^„“”]*)*", text), f"{key}: {text}"


@pytest.mark.parametrize("lang", languages())
def test_apostrophes_are_curly(lang: str):
    assert {key: text for key, text in _all(lang).items() if re.search(r"\w'\w|\w' ", text)} == {}


@pytest.mark.parametrize("lang", languages())
def test_the_tables_behind_the_decision_table_are_complete(lang: str):
    words = catalog(lang)
    table = article_table()
    for passage in table.passages:
        assert words(f"passages.{passage.id}")
        assert words(f"places.{passage.place}")
        assert words(f"source.{passage.place}")
        assert words(f"strengths.{passage.strength}")
    for action in table.actions:
        assert words(f"actions.{action.id}")
    for fact, values in VALUES.items():
        assert words(f"facts.{fact}")
        assert words(f"columns.{fact}")
        for value in values:
            assert words(f"values.{fact}.{str(value).lower()}")
            assert words(f"short.{fact}.{str(value).lower()}")
    for platform in PLATFORMS.values():
        assert platform.name(lang)
        for event in platform.events:
            assert platform.occasion(event, lang)
        for action in table.actions:
            assert platform.action_name(action.id, lang)


@pytest.mark.parametrize("lang", languages())
def test_platform_names_of_actions_belong_to_platforms_and_actions_that_exist(lang: str):
    actions = {action.id for action in article_table().actions}
    for key in _all(lang):
        if key.startswith("platform_actions."):
            _, platform, action = key.split(".")
            assert platform in PLATFORMS
            assert action in actions


@pytest.mark.parametrize("lang", languages())
def test_every_word_that_the_front_end_asks_for_exists(lang: str):
    words = named_words(catalog(lang), ["workshop_card", "quiz_card", "room_notebook", "chooser_card", "writer_card"])
    asked: set[str] = set()
    for path in FRONT:
        text = path.read_text(encoding="utf-8")
        asks = re.findall(r"\.words\((.)([^)]*)", text)
        for quote, rest in asks:
            assert quote in "\"'`", f"{path.name} asks for a word in a way that this test cannot read: {quote}{rest}"
            asked.add(rest.split(quote)[0])
    assert len(asked) > 20
    plain = {key for key in asked if "${" not in key}
    assert plain - set(words) == set()
    for pattern in asked - plain:
        prefix, rest = pattern.split("${", 1)
        suffix = rest.split("}", 1)[1]
        assert [key for key in words if key.startswith(prefix) and key.endswith(suffix)], pattern


@pytest.mark.parametrize(
    "table", ["card", "workshop_card", "quiz_card", "chooser_card", "writer_card", "mine_card", "mine_card_file", "confirmation_card"]
)
def test_every_word_of_the_card_is_asked_for_somewhere(table: str):
    front = "\n".join(path.read_text(encoding="utf-8") for path in FRONT)
    keys = set(catalog("de").table(table))
    assert {key for key in keys if not re.search(rf'["`\']{key}["`\']|words\.{key}\b', front)} == set()


def test_every_key_that_the_python_code_names_exists():
    keys = set(_all("de"))
    tables = {key.rsplit(".", 1)[0] for key in keys}
    for path in sorted(PACKAGE.rglob("*.py")):
        for key in re.findall(r'\bwords(?:\.get)?\(f?"([\w.{}]+)"', path.read_text(encoding="utf-8")):
            literal = key.split("{")[0]
            if "{" in key:
                assert any(known.startswith(literal) for known in keys), f"{path.name}: {key}"
            else:
                assert key in keys | tables, f"{path.name}: {key}"


def test_a_text_is_filled_in():
    words = Catalog("xx", {"a": {"b": "{who} writes", "c": "as { it } stands"}})
    assert words("a.b", who="Ada {x}") == "Ada {x} writes"
    assert words("a.c") == "as { it } stands"
    assert words.table("a") == {"b": "{who} writes", "c": "as { it } stands"}


def test_a_missing_key_and_a_table_are_no_text():
    words = Catalog("xx", {"a": {"b": "text"}})
    assert words.get("a") is words.get("a.x") is words.get("a.b.c") is None
    with pytest.raises(KeyError, match=r"the language 'xx' has no text 'a\.x'"):
        words("a.x")


def test_an_unknown_language_is_refused_with_those_that_there_are():
    with pytest.raises(LanguageError, match=r"no language 'DE'; there are: de, en\. Did you mean 'de'"):
        catalog("DE")
    with pytest.raises(LanguageError, match="there are: de, en"):
        catalog("")
    assert issubclass(LanguageError, ValueError)


def test_a_language_is_the_files_of_its_folder(tmp_path: Path):
    (tmp_path / "one.toml").write_text('[a]\nb = "first"\n', encoding="utf-8")
    (tmp_path / "two.toml").write_text('[a]\nc = "second"\n[d]\ne = "third"\n', encoding="utf-8")
    assert read_words(tmp_path) == {"a": {"b": "first", "c": "second"}, "d": {"e": "third"}}


@pytest.mark.parametrize("again", ['[a]\nb = "again"\n', '[a.b]\nc = "a table instead"\n', 'a = "a text instead"\n'])
def test_a_key_in_two_files_is_refused(tmp_path: Path, again: str):
    (tmp_path / "one.toml").write_text('[a]\nb = "first"\n', encoding="utf-8")
    (tmp_path / "two.toml").write_text(again, encoding="utf-8")
    with pytest.raises(LanguageError, match=r"'a(\.b)?' stands in .* and in two\.toml; leave it in one"):
        read_words(tmp_path)


@pytest.mark.parametrize("broken", [b"[a\n", b'a = "\xff"\n'])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, broken: bytes):
    (tmp_path / "one.toml").write_bytes(broken)
    with pytest.raises(LanguageError, match=r"one\.toml: "):
        read_words(tmp_path)


def test_a_list_has_its_parts_without_blanks():
    assert Catalog("xx", {"a": {"b": " one, two words ,,three", "c": ""}}).listed("a.b") == ("one", "two words", "three")
    assert Catalog("xx", {"a": {"c": ""}}).listed("a.c") == ()


def test_a_count_takes_the_form_that_its_language_has_for_it():
    forms = {"days": "{count} dni", "days_one": "{count} dzień", "days_few": "{count} dni (few)", "done": "{count} done"}
    polish = Catalog("pl", {"plural": {"one": "n = 1", "few": "n % 10 = 2..4 and n % 100 != 12..14"}, "a": forms})
    told = [plural(polish, "a.days", count) for count in (1, 2, 5, 12, 22)]
    assert told == ["1 dzień", "2 dni (few)", "5 dni", "12 dni", "22 dni (few)"]
    assert plural(polish, "a.done", 1) == "1 done"


def test_a_rule_that_cannot_be_read_names_its_language():
    with pytest.raises(LanguageError, match="the language 'xx': 'n is 1' in the plural rule 'n is 1' cannot be read"):
        plural(Catalog("xx", {"plural": {"one": "n is 1"}, "a": "b"}), "a", 1)
