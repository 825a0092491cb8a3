"""One small bad example for each kind of warning, and a good one beside it; whole banks at their thresholds."""

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from types import FrameType
from typing import Any

import msgspec
import pytest
import typer.testing
from etiquette_kit.bank import Bank, load_bank, read_bank
from etiquette_kit.cli import app
from etiquette_kit.locale import catalog
from etiquette_kit.review import Problem, TomlFile, read_toml
from etiquette_kit.review.fairness import CHECKS, Check, Warned, clues, fairness_warnings, likeness, stem, voice
from etiquette_kit.review.fairness.balance import lopsided_gender, lopsided_platform, lopsided_relation, thin_cells
from etiquette_kit.review.fairness.length import best_longest, languages_apart, unequal_options
from etiquette_kit.review.fairness.position import best_position
from etiquette_kit.review.fairness.reading import HARD, hard_to_read, lix
from etiquette_kit.review.fairness.words import quoted, sentences, words
from etiquette_kit.rules import Facts, all_cells, decide
from etiquette_kit.scenario import Scenario
from hypothesis import given, settings
from hypothesis import strategies as st

from good_scenario import GOOD, HEAD, bank_of, changed, line_of, scenario, written

DE_STEM = GOOD[GOOD.index("Seit drei Jahren") : GOOD.index('\n"""\n\n[scenario.text.en]')]
EN_STEM = GOOD[GOOD.index("For three years") : GOOD.index('\n"""\n\n[[scenario.option]]')]
DE_LINE, EN_LINE = 'stem = """\nSeit drei', 'stem = """\nFor three'  # on whose lines the stems of the good scenario begin


def change(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        text = changed(old, new, text)
    return text


OTHER_DE = """Am Montag hat Ada Beispiel bei Ihnen hundert Hefte bestellt. Jetzt meldet sie sich auf Facebook:

„Darf man hier auch einmal Hallo sagen?“

Sie mögen ihren Humor, aber Ihr Feierabend gehört Ihnen und den Kindern. Morgen früh sehen Sie sich ohnehin im Laden."""

OTHER_EN = """Ada Beispiel ordered a hundred notebooks on Monday. Now her face pops up on Facebook, with these words:

“May one say hello here too?”

You enjoy her jokes, yet your evenings belong to you and the children. Tomorrow morning the two of you will meet in the shop anyway."""


def other(name: str = "other-request") -> str:
    """Return a second good scenario, which has nothing in common with the first."""
    text = change(scenario(name), (DE_STEM, OTHER_DE), (EN_STEM, OTHER_EN))
    return text.replace("Ich wähle", "Ich nehme").replace("I choose", "I prefer")


FACTS = 'facts = { event = "friend_request", relation = "client", network = "private", wanted = false }'
REPLIES = {"a": "reply_promptly", "b": "reply_later", "c": "no_reply"}
MESSAGE = HEAD + scenario(actions=REPLIES).replace(FACTS, 'facts = { event = "message", relation = "client", personal = true }')
MASS = changed("personal = true", "personal = false", MESSAGE)
TWO = HEAD + scenario() + other()


@dataclass(frozen=True)
class Expected:
    """A warning: where it points to and what it tells."""

    where: tuple[str | int, ...]
    at: str  # a text that stands once, on the line of the finding
    values: dict[str, str] = field(default_factory=dict)
    id: str = "first-request"


@dataclass(frozen=True)
class Case:
    """A file with a fault and one that comes close to it without having it."""

    kind: str
    bad: str
    good: str
    expected: tuple[Expected, ...]
    also: frozenset[str] = frozenset()  # what else is found, in both files


def label(position: int, lang: str) -> tuple[str | int, ...]:
    return ("option", position, "text", lang, "label")


def twice(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 2, f"{old!r} stands {text.count(old)} times in the text"
        text = text.replace(old, new)
    return text


LONG_B = "Ich nehme b. Genau."
LONG_WORDS = (
    "ausschließlich langjährige Freundschaften, beziehungsweise Familienangehörige, ausnahmslos freundschaftlich, entsprechend vereinbart"
)
CASES = [
    Case(
        "best_longest",
        change(TWO, ("Ich wähle b.", "Ich wähle b. Gut."), ("Ich nehme b.", LONG_B)),
        change(TWO, ("Ich wähle b.", "Ich wähle b. Gut."), ("Ich nehme c.", LONG_B)),
        (
            Expected(label(1, "de"), '"Ich wähle b. Gut."', {"text": "Ich wähle b. Gut.", "count": "2", "total": "2", "share": "30%"}),
            Expected(label(1, "de"), f'"{LONG_B}"', {"text": LONG_B, "count": "2", "total": "2", "share": "30%"}, "other-request"),
        ),
    ),
    Case(
        "absolute_words",
        changed("Ich wähle c.", "Ich wähle c nie.", GOOD),
        changed("Ich wähle b.", "Ich wähle b nie.", GOOD),  # in the best option the word gives nothing away
        (Expected(label(2, "de"), '"Ich wähle c nie."', {"word": "nie", "text": "Ich wähle c nie."}),),
    ),
    Case(
        "shared_words",
        changed("I choose b.", "I choose friends.", GOOD),
        changed("I choose b.", "I choose family.", GOOD),  # six letters
        (Expected(label(1, "en"), '"I choose friends."', {"word": "friends", "text": "I choose friends."}),),
    ),
    Case(
        "unequal_options",
        changed("Ich wähle c.", "Ich wähle c, jawohl.", GOOD),  # 20 characters to 12
        changed("Ich wähle c.", "Ich wähle c, gerne.", GOOD),  # 19
        (Expected(label(0, "de"), '"Ich wähle a."', {"text": "Ich wähle a.", "shortest": "12", "longest": "20"}),),
    ),
    Case(
        "similar_stems",
        changed(OTHER_DE, DE_STEM.replace("Seit drei", "Seit vier"), TWO),
        TWO,
        (
            Expected(
                ("text", "de", "stem"),
                'stem = """\nSeit vier',
                {"text": quoted(DE_STEM.replace("drei", "vier")), "other": "first-request", "share": "94%"},
                "other-request",
            ),
        ),
    ),
    Case(
        "similar_options",
        changed("Ich nehme a.", "Ich: wähle – A!", TWO),  # signs and case do not matter
        changed("Ich nehme a.", "Ich wähle x.", TWO),
        (
            Expected(
                label(0, "de"),
                '"Ich: wähle – A!"',
                {"text": "Ich: wähle – A!", "other": "first-request", "share": "100%"},
                "other-request",
            ),
        ),
    ),
    Case(
        "no_person",
        changed("Sie Ada Beispiel das", "Sie einer Kundin das", GOOD),
        change(GOOD, ("Sie Ada Beispiel das", "Sie Frau Beispiel das"), ("for Ada Beispiel’s print", "for Ada’s print")),
        (Expected(("text", "de", "stem"), DE_LINE, {"name": "Ada Beispiel"}),),
    ),
    Case(
        "no_platform",
        change(GOOD, ("a friend request from her comes in on Facebook", "a friend request comes in"), ("On Facebook you", "There you")),
        changed("On Facebook you", "There you", GOOD),
        (Expected(("text", "en", "stem"), EN_LINE, {"platform": "Facebook"}),),
    ),
    Case(
        "no_quote",
        changed("„Wir reden", "Ihr Text: „Wir reden", GOOD),  # the paragraph has to be the message and nothing else
        change(GOOD, ("„Wir reden", "«Wir reden"), ("freue mich schon.“", "freue mich schon.»")),
        (Expected(("text", "de", "stem"), DE_LINE, {"name": "Ada Beispiel"}),),
    ),
    Case(
        "no_wish",
        change(
            GOOD,
            ("you have been delivering", "the office has been delivering"),
            ("you only have family", "there are only family"),
            ("and you want to keep it that way", "and so it should stay"),
            ("let us connect", "let you and me connect"),  # what she writes does not count
        ),
        change(
            GOOD,
            ("you have been delivering", "the office has been delivering"),
            ("you only have family and friends, and you want", "the office has only family and friends, and you’d like"),
        ),
        (Expected(("text", "en", "stem"), EN_LINE),),
    ),
    Case(
        "hard_to_read",
        change(GOOD, ("nur Familie und Freunde", LONG_WORDS), ("immer pünktlich und immer mit einem Scherz am Telefon", LONG_WORDS)),
        changed("nur Familie und Freunde", LONG_WORDS, GOOD),
        (Expected(("text", "de", "stem"), DE_LINE, {"index": "54", "limit": "50"}),),
    ),
    Case(
        "other_voice",
        changed("Ich wähle c.", "Man wählt c.", GOOD),
        changed("Ich wähle c.", "Mir passt c.", GOOD),
        (Expected(label(2, "de"), '"Man wählt c."', {"text": "Man wählt c."}),),
    ),
    Case(
        "languages_apart",
        changed("und so soll es bleiben.", "und so soll es bleiben. " + "Das ist Ihnen sehr wichtig. " * 9, GOOD),
        changed("und so soll es bleiben.", "und so soll es bleiben. " + "Das ist Ihnen sehr wichtig. " * 7, GOOD),
        (Expected(("text", "en", "stem"), EN_LINE, {"longer": "de", "shorter": "en", "more": "643", "less": "402"}),),
    ),
    Case(
        "mail_merge",
        changed("“We have such", "“Dear customers, we have such", MESSAGE),
        changed("you have been delivering the paper", "you have been delivering the newsletter", MESSAGE),  # not in the message
        (
            Expected(
                ("text", "en", "stem"),
                EN_LINE,
                {"text": "“Dear customers, we have such nice talks on the phone, so let us connect here a…"},
            ),
        ),
    ),
    Case(
        "mail_merge",
        changed("„Wir reden", "„Sehr geehrte Frau Weber, wir reden", MASS),
        changed("„Wir reden", "„Liebe Kundinnen und Kunden, wir reden", MASS),
        (
            Expected(
                ("text", "de", "stem"),
                DE_LINE,
                {"text": "„Sehr geehrte Frau Weber, wir reden so nett am Telefon, da können wir uns doch…"},
            ),
        ),
        frozenset({"no_choice"}),
    ),
]
WHOLE = (thin_cells, lopsided_relation, lopsided_gender, lopsided_platform, best_position)
BY_NAME: dict[str, Check] = {check.__name__: check for check in CHECKS}


def _id(case: Case) -> str:
    return f"{case.kind} {'mass' if case.also else ''}".strip()


# ---- one scenario, through a file -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_bad_example_is_found_at_its_path_and_line(tmp_path: Path, case: Case):
    bank = bank_of(tmp_path, case.bad)
    assert {finding.kind for finding in bank.findings} == {case.kind} | case.also
    warned = list(BY_NAME[case.kind](list(bank)))
    assert warned == [Warned(entry.id, case.kind, entry.where, entry.values) for entry in case.expected]
    findings = [finding for finding in bank.findings if finding.kind == case.kind]
    assert [(finding.file, finding.line, finding.id, finding.severity) for finding in findings] == [
        (str(tmp_path / "sample.toml"), line_of(case.bad, entry.at), entry.id, "warning") for entry in case.expected
    ]
    for finding, entry in zip(findings, case.expected, strict=True):
        assert finding.values == entry.values
        for lang in ("de", "en"):
            assert [value for value in entry.values.values() if value not in finding.text(lang)] == []


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_good_example_is_not_found(tmp_path: Path, case: Case):
    assert {finding.kind for finding in bank_of(tmp_path, case.good).findings} == case.also


@pytest.mark.parametrize("case", CASES, ids=_id)
def test_a_warning_keeps_no_scenario_out_and_ends_with_0(tmp_path: Path, case: Case):
    path = written(tmp_path, case.bad)
    bank = load_bank(path)
    assert (len(bank), bank.left_out) == (case.bad.count("[[scenario]]"), 0)
    result = typer.testing.CliRunner().invoke(app, ["check", str(path), "--lang", "en", "--format", "json"])
    assert (result.exit_code, result.exception) == (0, None)
    assert {finding["severity"] for finding in json.loads(result.stdout)} == {"warning"}


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_good_scenarios_and_no_scenarios_are_fair(check: Check, tmp_path: Path):
    assert list(check(list(bank_of(tmp_path, TWO)))) == []
    assert list(check([])) == []


# ---- every check, every kind ----------------------------------------------------------------------------------------------


def _kind(check: Check) -> str:
    return {"thin_cells": "thin_cell"}.get(check.__name__, check.__name__)


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_every_check_has_a_kind_of_warning_with_words_in_each_language_and_an_example(check: Check):
    assert Problem(_kind(check)).severity == "warning"
    german, english = (catalog(lang).get(f"findings.{_kind(check)}") for lang in ("de", "en"))
    assert german
    assert english
    assert german != english
    assert check in WHOLE or _kind(check) in {case.kind for case in CASES}


def test_every_check_runs_once():
    assert len(BY_NAME) == len(CHECKS)


def test_every_kind_of_warning_occurs_in_a_test():
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py"))
    kinds = [kind for kind in catalog("en").table("findings") if Problem(kind).severity == "warning"]
    assert len(kinds) >= len(CHECKS)
    assert [kind for kind in kinds if f'"{kind}"' not in sources] == []


# ---- scenarios in memory --------------------------------------------------------------------------------------------------

BASE = msgspec.convert(tomllib.loads(GOOD)["scenario"][0], Scenario)


def made(
    name: str = "made", *, facts: Facts = BASE.facts, gender: Any = "female", platform: str = "facebook", order: str = "abc"
) -> Scenario:
    """Return the good scenario with other facts, another person or platform, or its options in another order; b is the best."""
    person = msgspec.structs.replace(BASE.person, gender=gender)
    options = tuple(BASE.option(letter) for letter in order)
    return msgspec.structs.replace(BASE, id=name, facts=facts, person=person, platform=platform, options=options)


def request(relation: Any) -> Facts:
    return Facts(event="friend_request", relation=relation, network="private", wanted=False)


def with_stems(name: str = "made", /, **stems: str) -> Scenario:
    """Return the good scenario in the given languages only, with these stems."""
    texts = {lang: msgspec.structs.replace(BASE.texts[lang], stem=stem) for lang, stem in stems.items()}
    options = tuple(msgspec.structs.replace(entry, texts={lang: entry.texts[lang] for lang in stems}) for entry in BASE.options)
    return msgspec.structs.replace(BASE, id=name, texts=texts, options=options)


def with_labels(name: str, lang: str, *labels: str) -> Scenario:
    """Return the good scenario in one language, with these labels; the second is the best."""
    options = tuple(
        msgspec.structs.replace(entry, texts={lang: msgspec.structs.replace(entry.texts[lang], label=label)})
        for entry, label in zip(BASE.options, labels, strict=True)
    )
    return msgspec.structs.replace(BASE, id=name, texts={lang: BASE.texts[lang]}, options=options)


def kinds_of(check: Check, *scenarios: Scenario) -> list[str]:
    return [warned.kind for warned in check(scenarios)]


# ---- clues ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "phrase"), [(lang, phrase) for lang, phrases in clues.ABSOLUTE.items() for phrase in phrases])
def test_each_absolute_word_is_found_in_wrong_options_only(lang: str, phrase: str):
    said = f"So {phrase.capitalize()}, ja."
    wrong, best = with_labels("x", lang, said, "b", "c"), with_labels("x", lang, "a", said, "c")
    assert [(warned.where, warned.values) for warned in clues.absolute_words([wrong])] == [(label(0, lang), {"word": phrase, "text": said})]
    assert kinds_of(clues.absolute_words, best) == []


@pytest.mark.parametrize("said", ["niederschreiben", "Nevertheless", "auf einen Fall", "in jedem Fall", "never-ending"])
def test_a_word_that_only_contains_an_absolute_one_is_not_found(said: str):
    assert kinds_of(clues.absolute_words, with_labels("x", "de", said, "b", "c"), with_labels("y", "en", said, "b", "c")) == []


def test_each_option_with_an_absolute_word_is_told_once():
    found = list(clues.absolute_words([with_labels("x", "en", "never ever", "b", "always")]))
    assert [(warned.where[1], warned.values["word"]) for warned in found] == [(0, "never"), (2, "always")]


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (("I", "I say “looking”", "I"), 1),
        (("I", "I say LOOKING.", "I"), 1),
        (("I say looking", "I say looking", "I"), 0),  # a wrong option has it as well
        (("I say looking", "I", "I"), 0),
        (("I", "I say onlooking", "I"), 0),
        (("I", "I write to Ada Beispiel", "I"), 0),  # a name says nothing
        (("I", "I leave Facebook", "I"), 0),
    ],
)
def test_a_shared_word_tells_when_only_the_best_option_has_it(labels: tuple[str, str, str], found: int):
    scenario = with_labels("x", "en", *labels)
    texts = {"en": msgspec.structs.replace(BASE.texts["en"], stem="Ada Beispiel is looking for you on Facebook.")}
    assert len(kinds_of(clues.shared_words, msgspec.structs.replace(scenario, texts=texts))) == found


# ---- length ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("longest", "total", "found"),
    [(1, 1, 0), (2, 2, 2), (1, 2, 0), (3, 10, 0), (4, 10, 4), (6, 20, 0), (7, 20, 7), (18, 60, 0), (19, 60, 19)],
)
def test_the_best_option_may_be_the_longest_in_three_of_ten(longest: int, total: int, found: int):
    scenarios = [with_labels(f"s{n}", "en", "I, a", "I, b longer" if n < longest else "I, b", "I, c") for n in range(total)]
    warned = list(best_longest(scenarios))
    assert [entry.scenario for entry in warned] == [f"s{n}" for n in range(found)]
    for entry in warned:
        assert entry.where == label(1, "en")
        assert entry.values == {"text": "I, b longer", "count": str(longest), "total": str(total), "share": "30%"}


def test_a_best_option_as_long_as_another_is_not_the_longest():
    assert kinds_of(best_longest, *(with_labels(f"s{n}", "en", "a", "b longer", "c longer") for n in range(5))) == []


def test_each_language_is_counted_for_itself():
    german = [with_labels(f"de-{n}", "de", "a", "b longer", "c") for n in range(2)]
    english = [with_labels(f"en-{n}", "en", "a", "b", "c longer") for n in range(20)]
    assert [warned.scenario for warned in best_longest(german + english)] == ["de-0", "de-1"]


@pytest.mark.parametrize(("longest", "found"), [(16, 0), (17, 1)])
def test_the_longest_option_may_have_1_6_times_the_characters(longest: int, found: int):
    assert len(kinds_of(unequal_options, with_labels("x", "en", "a" * 12, "b" * longest, "c" * 10))) == found


@pytest.mark.parametrize(("longer", "found"), [(60, 0), (61, 1)])
@pytest.mark.parametrize("langs", [("de", "en"), ("en", "de")])
def test_a_stem_may_have_one_and_a_half_times_the_characters(langs: tuple[str, str], longer: int, found: int):
    warned = list(languages_apart([with_stems(**{langs[0]: "x" * longer, langs[1]: "x" * 40})]))
    assert len(warned) == found
    assert [entry.where for entry in warned] == [("text", langs[1], "stem")] * found


def test_a_stem_in_one_language_has_nothing_to_be_apart_from():
    assert kinds_of(languages_apart, with_stems(de="x" * 900)) == []


# ---- reading --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "index"),
    [
        # Nine words in two sentences, two of them (request, Facebook) of more than six letters.
        ("She sends a request on Facebook. Do you accept?", 9 / 2 + 100 * 2 / 9),
        ("Sie schickt eine Anfrage. Was nun?", 6 / 2 + 100 * 2 / 6),  # schickt, Anfrage
        ("sechse siebene", 2 / 1 + 100 * 1 / 2),  # six letters are short, seven long; no full stop, so one sentence
        ("A. B! C? D: E… F.", 6 / 6),
        ("Wait... what?!", 2 / 2),  # several signs end one sentence
        ("Version 2.0 of 12 is out.", 4 / 1 + 100 * 1 / 4),  # numbers are no words, and a point in one ends nothing
        ("„Ja.“ Dann kam nichts mehr.", 5 / 2),
        ("", 0.0),
        ("1 2 3 …", 0.0),
    ],
)
def test_lix_is_words_per_sentence_and_the_share_of_long_words(text: str, index: float):
    assert lix(text) == pytest.approx(index)


@pytest.mark.parametrize(("long", "found"), [(9, 0), (10, 1)])
def test_a_stem_is_hard_above_fifty(long: int, found: int):
    # Twenty sentences of one word each: 1 + 5 for each long word.
    short = with_stems(de=". ".join(["siebene"] * long + ["kurz"] * (20 - long)) + ".")
    assert lix(short.text("de").stem) == pytest.approx(1 + 5 * long)
    assert len(kinds_of(hard_to_read, short)) == found


def test_exactly_fifty_is_not_hard():
    edge = with_stems(en="kurz " * 49 + "kurz.")  # fifty short words in one sentence
    assert lix(edge.text("en").stem) == HARD
    assert kinds_of(hard_to_read, edge) == []


def test_words_sentences_and_quotations_are_counted_alike():
    assert words("Ada’s e-mail, 2 GRÜSSE_an uns!") == ["ada’s", "e-mail", "grüsse", "an", "uns"]
    assert [sentences(text) for text in ("", "no end", "One. Two.", "„Eins.“ Zwei!")] == [1, 1, 2, 2]
    assert quoted(" two\n words ") == "two words"
    assert (quoted("x" * 80), quoted("x" * 81)) == ("x" * 80, "x" * 79 + "…")
    assert quoted("x" * 78 + " yz") == "x" * 78 + "…"


# ---- the stem and the voice -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Ada", "ADA", "Beispiel", "Ada’s", "Ada's", "(Beispiel)"])
def test_any_part_of_the_name_names_the_person(name: str):
    assert kinds_of(stem.no_person, with_stems(en=f"You know {name} well.")) == []


@pytest.mark.parametrize("name", ["Adam", "Beispielhaft", "she"])
def test_another_name_does_not(name: str):
    assert kinds_of(stem.no_person, with_stems(en=f"You know {name} well.")) == ["no_person"]


@pytest.mark.parametrize("word", ["you", "your", "yours", "yourself", "you’d", "you’ll", "you’re", "you've"])
def test_any_word_to_the_learner_says_a_wish(word: str):
    assert kinds_of(stem.no_wish, with_stems(en=f"“She writes.”\n\n{word.capitalize()} know.")) == []
    assert kinds_of(stem.no_wish, with_stems(en=f"“She writes to {word}.”")) == ["no_wish"]


@pytest.mark.parametrize(("lang", "word"), [(lang, word) for lang, group in voice.FIRST_PERSON.items() for word in sorted(group)])
def test_any_word_of_the_first_person_will_do(lang: str, word: str):
    assert kinds_of(voice.other_voice, with_labels("x", lang, *[f"So, {word.upper()} …"] * 3)) == []
    assert kinds_of(voice.other_voice, with_labels("x", lang, *[f"So, x{word} …"] * 3)) == ["other_voice"] * 3


def _message(said: str, lang: str = "en", *, personal: bool) -> Scenario:
    facts = Facts(event="message", relation="client", personal=personal)
    return msgspec.structs.replace(with_stems(**{lang: f"Ada writes.\n\n“{said}”"}), facts=facts)


@pytest.mark.parametrize(
    ("lang", "said"),
    [(lang, f"So, {sign.upper()}!") for lang, signs in stem.MAIL_MERGE.items() for sign in signs]
    + [("en", f"Good day {holder}") for holder in ("{name}", "{{ name }}", "<Name>", "[first_name]", "[Kundenname]", "{Vorname}")],
)
def test_a_personal_message_may_not_read_like_a_mailing(lang: str, said: str):
    assert kinds_of(stem.mail_merge, _message(said, lang, personal=True)) == ["mail_merge"]
    assert kinds_of(stem.mail_merge, _message(said, lang, personal=False)) == []


@pytest.mark.parametrize(
    "said", ["Dear Mrs Weber, hello", "Hello Mr. Weber", "Liebe Frau Weber", "Sehr geehrter Herr Dr. Weber", "Guten Tag Herr W"]
)
def test_bulk_mail_may_not_address_anybody_by_name(said: str):
    assert kinds_of(stem.mail_merge, _message(said, personal=False)) == ["mail_merge"]
    assert kinds_of(stem.mail_merge, _message(said, personal=True)) == []


def test_only_messages_are_looked_at_for_mail_merge():
    text = "Ada writes.\n\n“Dear Mrs Weber, unsubscribe here.”"
    assert kinds_of(stem.mail_merge, with_stems(en=text)) == []


# ---- likeness -------------------------------------------------------------------------------------------------------------


def _word(number: int) -> str:
    return "w" + "".join("abcdefghij"[int(digit)] for digit in str(number))


def _line(first: int, count: int) -> str:
    return " ".join(_word(number) for number in range(first, first + count))


def _pair(runs: int, shared: int) -> tuple[str, str]:
    """Return two texts of so many runs of three words each, of which so many are shared."""
    common = _line(0, shared + 2)
    return f"{common} {_line(1000, runs - shared)}", f"{common} {_line(2000, runs - shared)}"


@pytest.mark.parametrize(("runs", "shared", "share"), [(10, 4, "25%"), (10, 3, ""), (100, 40, "25%"), (100, 39, ""), (100, 41, "26%")])
def test_stems_are_similar_from_a_quarter_of_their_runs_on(runs: int, shared: int, share: str):
    scenarios = [with_stems(name, de=text) for name, text in zip("xy", _pair(runs, shared), strict=True)]
    warned = list(likeness.similar_stems(scenarios))
    assert [(entry.scenario, entry.where, entry.values["other"], entry.values["share"]) for entry in warned] == [
        ("y", ("text", "de", "stem"), "x", share)
    ] * bool(share)


@pytest.mark.parametrize(("runs", "shared", "share"), [(3, 2, "50%"), (3, 1, ""), (90, 60, "50%"), (90, 59, ""), (90, 61, "51%")])
def test_options_are_similar_from_half_of_their_runs_on(runs: int, shared: int, share: str):
    one, two = _pair(runs, shared)
    scenarios = [with_labels("x", "en", one, _line(3000, 9), _line(4000, 9)), with_labels("y", "en", _line(5000, 9), _line(6000, 9), two)]
    warned = list(likeness.similar_options(scenarios))
    assert [(entry.scenario, entry.where, entry.values["other"], entry.values["share"]) for entry in warned] == [
        ("y", label(2, "en"), "x", share)
    ] * bool(share)


def test_options_of_the_same_scenario_are_not_compared():
    assert kinds_of(likeness.similar_options, with_labels("x", "en", *["I let it be for now."] * 3)) == []


def test_a_scenario_like_itself_can_still_be_like_another():
    twins = [with_labels(name, "en", *["I let it be for now."] * 3) for name in "xy"]
    assert [(entry.scenario, entry.where[1], entry.values["other"]) for entry in likeness.similar_options(twins)] == [
        ("y", position, "x") for position in range(3)
    ]


def test_languages_are_compared_with_themselves_only():
    text = _line(0, 30)
    assert kinds_of(likeness.similar_stems, with_stems("x", de=text), with_stems("y", en=text)) == []


def test_texts_of_fewer_words_than_a_run_are_like_nothing():
    assert kinds_of(likeness.similar_stems, with_stems("x", de="so so"), with_stems("y", de="so so")) == []


def test_of_several_similar_texts_the_earliest_is_named():
    scenarios = [with_stems(name, de=_line(0, 30)) for name in "xyz"]
    assert [(entry.scenario, entry.values["other"]) for entry in likeness.similar_stems(scenarios)] == [("y", "x"), ("z", "x")]


_lines = st.lists(st.sampled_from(["ada", "und", "sie", "Wir", "oft."]), max_size=9).map(" ".join)


@given(_lines, _lines)
def test_likeness_does_not_depend_on_which_text_comes_first(one: str, two: str):
    there = list(likeness.similar_stems([with_stems("x", de=one), with_stems("y", de=two)]))
    back = list(likeness.similar_stems([with_stems("y", de=two), with_stems("x", de=one)]))
    assert [entry.values["share"] for entry in there] == [entry.values["share"] for entry in back]
    assert [(entry.scenario, entry.values["other"]) for entry in there] == [(entry.values["other"], entry.scenario) for entry in back]


def _runs(text: str) -> set[tuple[str, ...]]:
    spoken = [word.strip(".").lower() for word in text.split()]
    return set(zip(spoken, spoken[1:], spoken[2:], strict=False))


@given(st.lists(_lines, max_size=7))
def test_the_index_finds_what_comparing_all_pairs_finds(texts: list[str]):
    scenarios = [with_stems(f"s{n}", de=text) for n, text in enumerate(texts)]
    expected = []
    for later, own in enumerate(map(_runs, texts)):
        for earlier, others in enumerate(map(_runs, texts[:later])):
            if own & others and len(own & others) / len(own | others) >= likeness.SIMILAR_STEMS:
                expected.append((f"s{later}", f"s{earlier}"))
                break
    assert [(entry.scenario, entry.values["other"]) for entry in likeness.similar_stems(scenarios)] == expected


def _lines_run(check: Check, scenarios: Sequence[Scenario]) -> int:
    """Return how many lines of Python a check runs: a measure of work that does not depend on the machine."""
    count = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Callable[..., Any]:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        list(check(scenarios))
    finally:
        sys.settrace(before)
    return count


def _crowd(size: int) -> list[Scenario]:
    """Return scenarios that all share a run of words, the worst case, and little else."""
    return [with_labels(f"s{n}", "en", *(f"I say to her {_line(n * 30 + part * 10, 6)}" for part in range(3))) for n in range(size)]


def test_the_work_of_comparing_grows_with_the_scenarios_and_not_with_their_pairs():
    few, many = (_lines_run(likeness.similar_options, _crowd(size)) for size in (500, 2000))
    assert many < 5 * few  # four times the scenarios; pairs would make it sixteen


def test_two_thousand_scenarios_can_be_reviewed():
    assert {warned.kind for warned in fairness_warnings(_crowd(2000))} >= {"similar_stems", "thin_cell", "lopsided_gender"}


# ---- the bank as a whole --------------------------------------------------------------------------------------------------


def test_findings_of_a_whole_bank_name_the_folder(tmp_path: Path):
    (tmp_path / "below").mkdir()
    written(tmp_path, HEAD + "".join(scenario(f"s{n}") for n in range(10)), "a.toml")
    written(tmp_path / "below", HEAD + "".join(scenario(f"t{n}") for n in range(10)), "b.toml")
    findings = [finding for finding in load_bank(tmp_path).findings if not finding.id]
    assert {(finding.file, finding.line, finding.severity) for finding in findings} == {(str(tmp_path), 1, "warning")}
    told = [(finding.kind, finding.values.get("name", "")) for finding in findings if finding.kind != "thin_cell"]
    assert sorted(told) == [
        ("best_position", ""),
        ("lopsided_gender", "female"),
        ("lopsided_gender", "female client"),
        ("lopsided_gender", "male"),
        ("lopsided_gender", "male client"),
        ("lopsided_platform", "facebook"),
        ("lopsided_relation", "boss"),
        ("lopsided_relation", "client"),
        ("lopsided_relation", "colleague"),
    ]
    assert sum(finding.kind == "thin_cell" for finding in findings) == 12  # all cells with a choice but the one it has
    for finding in findings:
        for lang in ("de", "en"):
            assert [
                value
                for name, value in finding.values.items()
                if f"{{{name}}}" in catalog(lang).get(f"findings.{finding.kind}") and value not in finding.text(lang)
            ] == []


def test_the_good_example_of_a_whole_bank_is_a_balanced_one():
    bank = _balanced()
    assert [warned for check in WHOLE for warned in check(bank)] == []
    assert [
        finding for finding in Bank(bank).findings if finding.kind in {"thin_cell", "best_position"} or "lopsided" in finding.kind
    ] == []


def _choice_cells() -> list[Facts]:
    """Return the situations in which some reaction misses the article's point."""
    return [cell for cell in all_cells() if any(grade <= 2 for grade in decide(cell).grades.values())]


def _balanced() -> list[Scenario]:
    """Return three scenarios for each situation with a choice, spread over genders, platforms and positions."""
    cells = [cell for cell in _choice_cells() for _ in range(3)]
    scenarios = []
    for n, (cell, gender, order, platform) in enumerate(
        zip(cells, cycle(("female", "male")), cycle(("abc", "bac", "acb")), cycle(("facebook", "instagram", "xing")), strict=False)
    ):
        actions = list(decide(cell).grades)
        best = decide(cell).best[0]
        others = iter([action for action in actions if action != best and action not in decide(cell).best])
        options = tuple(msgspec.structs.replace(BASE.option(letter), action=best if letter == "b" else next(others)) for letter in order)
        scenarios.append(msgspec.structs.replace(made(f"s{n}", facts=cell, gender=gender, platform=platform), options=options))
    return scenarios


def test_thirteen_situations_have_a_choice():
    assert len(_choice_cells()) == 13


@pytest.mark.parametrize(("count", "found"), [(0, 1), (2, 1), (3, 0), (4, 0)])
def test_a_situation_needs_three_scenarios(count: int, found: int):
    cell = request("boss")
    cells = [entry for entry in _choice_cells() if entry != cell for _ in range(3)] + [cell] * count
    warned = list(thin_cells([made(f"s{n}", facts=entry) for n, entry in enumerate(cells)]))
    expected = Warned("", "thin_cell", (), {"cell": str(cell), "count": str(count), "least": "3"})
    assert warned == [expected] * found


def test_situations_without_a_choice_are_not_asked_for():
    named = {warned.values["cell"] for warned in thin_cells([made(f"s{n}") for n in range(20)])}
    assert named == {str(cell) for cell in _choice_cells()} - {str(BASE.facts)}


@pytest.mark.parametrize("check", WHOLE, ids=lambda check: check.__name__)
def test_a_bank_of_nineteen_is_not_judged_as_a_whole(check: Check):
    scenarios = [made(f"s{n}") for n in range(20)]
    assert list(check(scenarios[:19])) == []
    assert list(check(scenarios)) != []


@pytest.mark.parametrize(
    ("clients", "colleagues", "bosses", "names"),
    [
        (10, 6, 4, []),
        (4, 10, 6, []),
        (11, 5, 4, ["client"]),
        (9, 8, 3, ["boss"]),
        (10, 10, 0, ["boss"]),
        (3, 6, 11, ["boss", "client"]),
        (50, 30, 20, []),
        (51, 30, 19, ["boss", "client"]),
    ],
)
def test_each_relation_takes_a_fifth_to_a_half(clients: int, colleagues: int, bosses: int, names: list[str]):
    counts = {"client": clients, "colleague": colleagues, "boss": bosses}
    total = sum(counts.values())
    scenarios = [made(f"{name}-{n}", facts=request(name)) for name, count in counts.items() for n in range(count)]
    assert list(lopsided_relation(scenarios)) == [
        Warned("", "lopsided_relation", (), {"name": name, "count": str(counts[name]), "total": str(total), "least": "20%", "most": "50%"})
        for name in names
    ]


def people(relation: str, **counts: int) -> list[Scenario]:
    return [
        made(f"{relation}-{gender}-{n}", facts=request(relation), gender=gender) for gender, count in counts.items() for n in range(count)
    ]


@pytest.mark.parametrize(
    ("women", "men", "names"),
    [(10, 10, []), (13, 7, []), (7, 13, []), (14, 6, ["female", "male"]), (6, 14, ["female", "male"]), (20, 0, ["female", "male"])],
)
def test_women_and_men_take_35_to_65_percent(women: int, men: int, names: list[str]):
    half = [people("client", female=women // 2, male=men - men // 2), people("boss", female=women - women // 2, male=men // 2)]
    warned = list(lopsided_gender(half[0] + half[1]))
    assert [entry.values["name"] for entry in warned] == names  # neither role has twenty people of its own
    for entry in warned:
        count = {"female": women, "male": men}[entry.values["name"]]
        values = {"name": entry.values["name"], "count": str(count), "total": "20", "least": "35%", "most": "65%"}
        assert entry == Warned("", "lopsided_gender", (), values)


@pytest.mark.parametrize("role", ["client", "colleague", "boss"])
@pytest.mark.parametrize(("women", "names"), [(13, []), (14, ["female", "male"])])
def test_each_role_has_women_and_men(role: str, women: int, names: list[str]):
    scenarios = people(role, female=women, male=20 - women)
    for another in {"client", "colleague", "boss"} - {role}:
        scenarios += people(another, female=10, male=10)
    assert [entry.values["name"] for entry in lopsided_gender(scenarios)] == [f"{name} {role}" for name in names]


def test_people_who_are_neither_are_not_counted():
    assert list(lopsided_gender(people("client", female=19, diverse=40))) == []
    (female, male, *_) = lopsided_gender(people("client", female=14, male=6, diverse=40))
    assert (female.values["total"], male.values["count"]) == ("20", "6")


@pytest.mark.parametrize(("most", "found"), [(10, 0), (11, 1), (20, 1)])
def test_a_platform_takes_up_to_a_half(most: int, found: int):
    platforms = ["facebook"] * most + list(islice(cycle(("xing", "linkedin", "instagram")), 20 - most))
    warned = list(lopsided_platform([made(f"s{n}", platform=platform) for n, platform in enumerate(platforms)]))
    values = {"name": "facebook", "count": str(most), "total": "20", "least": "0%", "most": "50%"}
    assert warned == [Warned("", "lopsided_platform", (), values)] * found


@pytest.mark.parametrize(("orders", "found"), [((9, 6, 5), ""), ((10, 5, 5), "1"), ((5, 10, 5), "2"), ((5, 5, 10), "3")])
def test_a_position_holds_the_best_option_up_to_45_percent(orders: tuple[int, int, int], found: str):
    scenarios = [
        made(f"s{order}-{n}", order=order) for order, count in zip(("bac", "abc", "acb"), orders, strict=True) for n in range(count)
    ]
    expected = Warned("", "best_position", (), {"position": found, "count": "10", "total": "20"})
    assert list(best_position(scenarios)) == [expected] * bool(found)


def test_every_best_option_of_a_scenario_counts_for_its_position():
    options = tuple(
        msgspec.structs.replace(entry, action=action)
        for entry, action in zip(BASE.options, ("decline_and_redirect", "decline_with_note", "ignore"), strict=True)
    )
    scenarios = [msgspec.structs.replace(BASE, id=f"s{n}", options=options) for n in range(20)]
    assert [warned.values["position"] for warned in best_position(scenarios)] == ["1", "2"]


@pytest.mark.parametrize("total", range(20, 401, 20))
def test_a_share_exactly_at_its_threshold_is_never_warned_of(total: int):
    women = total * 35 // 100
    relations = ["client"] * (total // 2) + ["colleague"] * (total * 3 // 10) + ["boss"] * (total // 5)
    scenarios = [
        made(f"s{n}", facts=request(relation), gender="female" if n < women else "male", platform="facebook" if n % 2 else "xing")
        for n, relation in enumerate(relations)
    ]
    assert list(lopsided_relation(scenarios)) + list(lopsided_platform(scenarios)) == []
    assert [entry for entry in lopsided_gender(scenarios) if " " not in entry.values["name"]] == []
    orders = ["bac"] * (total * 45 // 100) + ["abc"] * (total * 45 // 100) + ["acb"] * (total // 10)
    assert kinds_of(best_position, *(made(f"s{n}", order=order) for n, order in enumerate(orders))) == []


# ---- any text -------------------------------------------------------------------------------------------------------------

_character = st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_telling = st.sampled_from(
    [
        "Ada",
        "Facebook",
        "“",
        "”",
        "„",
        ".",
        "…",
        "’",
        "'",
        "{name}",
        "<",
        "[Name]",
        "never",
        "immer",
        "unbedingt",
        "Dear Mr X",
        "ich",
        "I’m",
        "you",
    ]
)
_chunk = _telling | st.text(_character, min_size=1, max_size=12)
_label = st.lists(_chunk, min_size=1, max_size=12).map(" ".join).filter(str.strip)
_stem = (
    st.lists(_chunk | st.just("\n\n"), min_size=1, max_size=60).map(" ".join).filter(lambda text: text.strip() and len(text.split()) <= 120)
)


@st.composite
def _documents(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a file of scenarios with any texts that can be loaded."""
    document = tomllib.loads(draw(st.sampled_from([GOOD, TWO, MESSAGE, MASS])))
    for entry in document["scenario"]:
        for lang in ("de", "en"):
            entry["text"][lang]["stem"] = draw(_stem)
        for choice in entry["option"]:
            for lang in ("de", "en"):
                choice["text"][lang]["label"] = draw(_label)
    return document


@settings(max_examples=150)
@given(_documents())
def test_any_texts_that_can_be_loaded_can_be_reviewed_and_always_alike(document: dict[str, Any]):
    bank = read_bank([TomlFile(Path("any.toml"), "", document)])
    assert len(bank) == len(document["scenario"])
    first, second = (list(fairness_warnings(list(bank))) for _ in range(2))
    assert first == second
    for finding in bank.findings:
        assert (finding.severity, bool(finding.message), bool(finding.text("de"))) == ("warning", True, True)


def test_warnings_do_not_depend_on_the_order_of_hashes(tmp_path: Path):
    for number, case in enumerate(CASES):
        written(
            tmp_path, case.bad.replace("first-request", f"first-{number}").replace("other-request", f"other-{number}"), f"{number}.toml"
        )
    command = [sys.executable, "-c", "from etiquette_kit.cli import main; main()", "check", str(tmp_path), "--format", "json"]
    told = [
        subprocess.run(command, capture_output=True, check=True, env={**os.environ, "PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")
    ]
    assert told[0] == told[1]
    assert len(json.loads(told[0])) > len(CASES)


# ---- what a check must not take for something else ------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["I'll wait.", "I'm out.", "Now I've said no.", "Then I'd rather not."])
def test_the_first_person_may_be_typed_with_a_straight_apostrophe(said: str):
    assert kinds_of(voice.other_voice, with_labels("x", "en", said, said, said)) == []


@pytest.mark.parametrize("name", ["Beispiel’s", "Beispiel's", "Facebook’s"])
def test_a_name_in_the_genitive_is_a_name(name: str):
    scenario = with_labels("x", "en", "I", f"I tell {name} people.", "I")
    texts = {"en": msgspec.structs.replace(BASE.texts["en"], stem=f"You know Ada and {name} shop.")}
    assert kinds_of(clues.shared_words, msgspec.structs.replace(scenario, texts=texts)) == []


def test_a_platform_is_named_by_a_word_of_its_own():
    relaxing = msgspec.structs.replace(with_stems(en="You had a relaxing evening."), platform="xing")
    assert kinds_of(stem.no_platform, relaxing) == ["no_platform"]


def test_her_and_they_in_german_do_not_speak_to_the_learner():
    assert kinds_of(stem.no_wish, with_stems(de="Ada fragt an. Gestern hat sie ihre Druckerei gezeigt, und alles gehört ihr.")) == [
        "no_wish"
    ]


@pytest.mark.parametrize("said", ["Haben Sie an alles gedacht?", "Ich denke an allen Tagen daran."])
def test_an_alle_is_not_found_within_other_words(said: str):
    assert kinds_of(stem.mail_merge, _message(said, "de", personal=True)) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [("Anna-Lena Kurz", "Anna-Lena"), ("Sean O’Brien", "Mr O’Brien"), ("Sean O’Brien", "O’Brien’s"), ("Jean-Luc Roy", "Jean-Luc’s")],
)
def test_a_compound_name_is_a_name(name: str, said: str):
    entry = with_stems(en=f"You know {said} well.")
    assert kinds_of(stem.no_person, msgspec.structs.replace(entry, person=msgspec.structs.replace(entry.person, name=name))) == []


def test_von_der_is_not_yet_a_name():
    entry = with_stems(de="Sie hören von der Kundin.")
    named = msgspec.structs.replace(entry, person=msgspec.structs.replace(entry.person, name="Eva von der Heide"))
    assert kinds_of(stem.no_person, named) == ["no_person"]


def test_an_option_without_a_language_that_is_not_required_can_be_reviewed(tmp_path: Path):
    text = changed('text.en.label = "I choose b."\ntext.en.feedback = "That is what b does."\n', "", GOOD)
    bank = load_bank(written(tmp_path, text), required=("de",))
    assert len(bank) == 1
    assert bank.findings == []


def test_a_scenario_without_texts_can_be_reviewed_where_none_is_required():
    document = tomllib.loads(GOOD)
    document["scenario"][0]["text"] = {}
    for entry in document["scenario"][0]["option"]:
        entry["text"] = {}
    bank = read_bank([TomlFile(Path("any.toml"), "", document)], required=())
    assert len(bank) == 1
    assert bank.findings == []


def test_files_named_from_here_and_from_the_root_can_be_reviewed_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    here, there = tmp_path / "here", tmp_path / "there"
    for folder, text in ((here, GOOD), (there, HEAD + other())):
        folder.mkdir()
        written(folder, text)
    monkeypatch.chdir(tmp_path)
    assert read_bank([read_toml(Path("here/sample.toml")), read_toml(there / "sample.toml")]).findings == []


def test_a_whole_bank_named_from_here_has_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "below").mkdir()
    written(tmp_path, HEAD + "".join(scenario(f"s{n}") for n in range(20)), "a.toml")
    written(tmp_path / "below", HEAD + other(), "b.toml")
    monkeypatch.chdir(tmp_path)
    bank = read_bank([read_toml(Path("a.toml")), read_toml(Path("below/b.toml"))])
    assert {finding.file for finding in bank.findings if finding.kind == "lopsided_platform"} == {"."}
