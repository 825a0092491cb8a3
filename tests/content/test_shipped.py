"""Where the shipped material is found, and what must hold of it."""

import hashlib
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import etiquette_kit
import pytest
from etiquette_kit.bank import load_bank
from etiquette_kit.content.scenario import Scenario, paragraphs
from etiquette_kit.content.shipped import shipped
from etiquette_kit.formats.choice import suits
from etiquette_kit.rules import Facts
from repository import DATA

BANK = load_bank()
SCENARIOS = list(BANK)
LANGUAGES = ("de", "en")
PACKAGE = Path(etiquette_kit.__file__).parent
SHINGLES = DATA / "article-shingles.txt"

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


# ---- where it is ----------------------------------------------------------------------------------------------------------


def test_a_folder_inside_the_package_comes_before_one_beside_it(tmp_path: Path):
    package = tmp_path / "kit"
    (tmp_path / "scenarios").mkdir()
    package.mkdir()
    assert shipped("scenarios", package) == tmp_path / "scenarios"
    (package / "scenarios").mkdir()
    assert shipped("scenarios", package) == package / "scenarios"


def test_an_incomplete_installation_is_told(tmp_path: Path):
    (tmp_path / "scenarios").touch()
    with pytest.raises(FileNotFoundError, match=r"'scenarios' is neither in .* install etiquette-kit again"):
        shipped("scenarios", tmp_path / "kit")


def test_scenarios_and_notebooks_are_found():
    assert list(shipped("scenarios").glob("*.toml"))
    assert list(shipped("notebooks").rglob("*.ipynb"))


# ---- the bank -------------------------------------------------------------------------------------------------------------


def test_review_finds_nothing():
    assert [f"{finding.file}:{finding.line}: {finding.message}" for finding in BANK.findings] == []
    assert BANK.left_out == 0


def _count(**facts: str | bool) -> int:
    return sum(scenario.facts == Facts(**facts) for scenario in SCENARIOS)  # type: ignore[arg-type]


@pytest.mark.parametrize("relation", ["client", "colleague", "boss"])
def test_of_each_kind_there_are_as_many_as_are_asked_for(relation: str):
    private = {"event": "friend_request", "relation": relation, "network": "private"}
    assert _count(**private, wanted=False) == 7
    assert _count(**private, wanted=True, sensitive=False) == 4
    assert _count(**private, wanted=True, sensitive=True) == 3
    assert _count(event="friend_request", relation=relation, network="professional", wanted=True) == 3
    assert _count(event="audience", relation=relation) == 3


def test_there_are_66_situations_and_six_of_them_are_messages():
    assert len(BANK) == 66
    assert _count(event="message", relation="client", personal=True) == 6


def test_there_are_twelve_pairs_and_at_most_four_turn_on_what_is_to_be_hidden():
    pairs = {frozenset((scenario.id, scenario.twin)) for scenario in SCENARIOS if scenario.twin}
    assert [len(pair) for pair in pairs] == [2] * 12
    on_sensitive = [pair for pair in pairs if all(BANK[name].facts.wanted for name in pair if name)]
    assert len(on_sensitive) <= 4


def _offer(rules: set[str], action: str) -> list[bool]:
    found = [scenario for scenario in SCENARIOS if scenario.advice.rule in rules]
    return [action in {option.action for option in scenario.options} for scenario in found]


@pytest.mark.parametrize("rule", ["R1", "R4", "R7"])
def test_where_nothing_is_to_be_hidden_at_most_one_in_three_offers_to_show_only_a_part(rule: str):
    offers = _offer({rule}, "accept_limited")
    assert offers.count(True) <= len(offers) / 3


@pytest.mark.parametrize("rule", ["R6", "R9"])
def test_at_least_half_offer_to_decline_a_colleague_or_the_boss_in_silence(rule: str):
    offers = _offer({rule}, "decline_silently")
    assert offers.count(True) >= len(offers) / 2


@each_scenario
def test_one_option_fits_best_unless_a_part_may_be_shown_where_nothing_is_to_be_hidden(scenario: Scenario):
    actions = {option.action for option in scenario.options}
    two = scenario.advice.rule in {"R1", "R4", "R7"} and "accept_limited" in actions
    assert list(scenario.key().values()).count(4) == (2 if two else 1)
    assert len(actions) <= 4


def test_every_relation_and_every_platform_occurs():
    assert {scenario.facts.relation for scenario in SCENARIOS} == {"client", "colleague", "boss"}
    assert {scenario.platform for scenario in SCENARIOS} == {"facebook", "instagram", "whatsapp", "snapchat", "xing", "linkedin"}


@each_scenario
def test_a_scenario_can_be_played_as_a_choice(scenario: Scenario):
    assert suits(scenario)
    assert 4 in scenario.key().values()


@each_scenario
@each_language
def test_a_stem_has_50_to_80_words_and_quotes_what_the_person_writes(scenario: Scenario, lang: str):
    stem = scenario.text(lang).stem
    assert 50 <= len(stem.split()) <= 80
    assert any(part.quote for part in paragraphs(stem))


@each_scenario
def test_options_speak_in_the_first_person(scenario: Scenario):
    for option in scenario.options:
        assert re.search(r"\b[Ii]ch\b", option.text("de").label), option.text("de").label
        assert re.search(r"\bI\b", option.text("en").label), option.text("en").label


@each_scenario
@each_language
def test_labels_and_feedback_say_something_of_their_own(scenario: Scenario, lang: str):
    texts = [text for option in scenario.options for text in (option.text(lang).label, option.text(lang).feedback)]
    assert len(set(texts)) == 2 * len(scenario.options)
    assert min(len(text.split()) for text in texts) >= 5


def _by_chance(scenarios: list[Scenario]) -> float:
    """Return how often an option drawn blindly would be a best one."""
    return sum(list(scenario.key().values()).count(4) / len(scenario.options) for scenario in scenarios)


@each_language
def test_the_best_option_is_not_the_longest_more_often_than_by_chance(lang: str):
    longest = 0
    for scenario in SCENARIOS:
        key = scenario.key()
        lengths = {option.id: len(option.text(lang).label) for option in scenario.options}
        longest += any(key[name] == 4 and length == max(lengths.values()) for name, length in lengths.items())
    assert longest <= _by_chance(SCENARIOS)


@pytest.mark.parametrize("size", [3, 4])
def test_no_place_holds_the_best_option_much_more_often_than_by_chance(size: int):
    of_size = [scenario for scenario in SCENARIOS if len(scenario.options) == size]
    places = Counter(place for scenario in of_size for place, grade in enumerate(scenario.key().values()) if grade == 4)
    assert set(places) == set(range(size))
    assert max(places.values()) <= 1.2 * _by_chance(of_size)


def test_only_twins_share_a_name():
    people = {scenario.person.name: {scenario.id, scenario.twin or scenario.id} for scenario in SCENARIOS}
    assert [scenario.id for scenario in SCENARIOS if scenario.id not in people[scenario.person.name]] == []


@each_scenario
def test_the_person_and_the_platform_are_named_in_each_language(scenario: Scenario):
    for lang in LANGUAGES:
        told = f"{scenario.text(lang).stem} {scenario.text(lang).role}"
        assert any(name in told for name in scenario.person.name.split()), f"{lang}: {scenario.person.name}"
        assert scenario.place.name(lang) in told


def _texts(scenario: Scenario, lang: str) -> list[str]:
    text = scenario.text(lang)
    options = [option.text(lang) for option in scenario.options]
    return [text.title, text.role, text.stem, *(part for option in options for part in (option.label, option.feedback))]


@each_scenario
def test_quotation_marks_are_those_of_the_language(scenario: Scenario):
    for lang in LANGUAGES:
        for text in _texts(scenario, lang):
            assert '"' not in text, text
            assert "'" not in text, text
    assert all(re.fullmatch(r"[^„“”]*(„[^„“”]+“[^„“”]*)*", text) for text in _texts(scenario, "de"))
    assert all(re.fullmatch(r"[^„“”]*(“[^„“”]+”[^„“”]*)*", text) for text in _texts(scenario, "en"))


@each_scenario
def test_no_text_gives_the_key_away(scenario: Scenario):
    for lang in LANGUAGES:
        for option in scenario.options:
            assert not re.search(r"Artikel|article\b|\bS\d\b|\bR\d+\b", option.text(lang).label)


# ---- nothing is copied from the article -----------------------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def shingles(text: str, length: int = 6) -> Iterator[str]:
    """Yield the hashes of all runs of `length` words, lower-cased and without punctuation."""
    found = words_of(text)
    for start in range(len(found) - length + 1):
        yield hashlib.sha256(" ".join(found[start : start + length]).encode()).hexdigest()[:16]


def write_article_shingles(article: Path, target: Path = SHINGLES) -> None:
    """Write the hashed shingles of the article proper, one a line, sorted.

    This is how data/article-shingles.txt was made: from the article's page as plain text, without what follows after
    "Auch interessant" (teasers of other articles). Shingles do not reach across paragraphs, so the title, a fact that
    may be named and has five words, yields none. The hashes do not give the sentences back.
    """
    own = article.read_text(encoding="utf-8").split("Auch interessant")[0]
    hashes = {shingle for paragraph in own.splitlines() for shingle in shingles(paragraph)}
    target.write_text("\n".join(sorted(hashes)) + "\n", encoding="utf-8")


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _german_texts() -> Iterator[tuple[str, str]]:
    for path in [
        *sorted((PACKAGE / "locale" / "de").glob("*.toml")),
        PACKAGE / "rules" / "article.toml",
        *sorted(shipped("scenarios").rglob("*.toml")),
    ]:
        for text in _strings(tomllib.loads(path.read_text(encoding="utf-8"))):
            yield path.name, text
    for path in sorted((shipped("notebooks") / "de").rglob("*.ipynb")):
        for text in _strings(json.loads(path.read_text(encoding="utf-8"))):
            yield path.name, text
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            yield path.name, "".join(cell["source"])
    readme = PACKAGE.parent / "README.md"
    if readme.is_file():
        yield readme.name, readme.read_text(encoding="utf-8")


def test_no_six_words_in_a_row_are_the_article_s():
    known = set(SHINGLES.read_text(encoding="utf-8").split())
    assert len(known) > 150
    copied = [(name, text) for name, text in _german_texts() if not known.isdisjoint(shingles(text))]
    assert copied == []


def test_the_shingles_of_a_text_do_not_depend_on_case_or_punctuation():
    plain = list(shingles("eins zwei drei vier fünf sechs sieben"))
    assert len(plain) == 2
    assert list(shingles("Eins, zwei – drei: „vier“ fünf;\nSECHS sieben.")) == plain
    assert list(shingles("eins zwei drei vier fünf")) == []


def test_the_file_of_shingles_is_made_from_a_page_without_its_teasers(tmp_path: Path):
    page = tmp_path / "article.txt"
    page.write_text("Ein Titel mit fünf Worten\n\na b c d e f g\n\nAuch interessant\n\nt u v w x y z\n", encoding="utf-8")
    write_article_shingles(page, tmp_path / "hashes.txt")
    assert set((tmp_path / "hashes.txt").read_text(encoding="utf-8").split()) == set(shingles("a b c d e f g"))
