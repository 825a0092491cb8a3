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
from etiquette_kit.formats.choice import suits
from etiquette_kit.scenario import Scenario, paragraphs
from etiquette_kit.shipped import shipped

BANK = load_bank()
SCENARIOS = list(BANK)
LANGUAGES = ("de", "en")
PACKAGE = Path(etiquette_kit.__file__).parent
SHINGLES = Path(__file__).parent / "data" / "article-shingles.txt"

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


def test_there_are_enough_scenarios_and_each_rule_with_a_grade_below_three_occurs():
    assert len(BANK) >= 60
    rules = {scenario.advice.rule for scenario in SCENARIOS}
    assert {f"R{number}" for number in (*range(1, 11), 12, 15, 16, 17)} <= rules


def test_every_relation_and_every_platform_occurs():
    assert {scenario.facts.relation for scenario in SCENARIOS} == {"client", "colleague", "boss"}
    assert {scenario.platform for scenario in SCENARIOS} == {"facebook", "instagram", "whatsapp", "snapchat", "xing", "linkedin"}


@each_scenario
def test_a_scenario_can_be_played_as_a_choice(scenario: Scenario):
    assert suits(scenario)
    assert 4 in scenario.key().values()


@each_scenario
@each_language
def test_a_stem_has_40_to_120_words_and_quotes_what_the_person_writes(scenario: Scenario, lang: str):
    stem = scenario.text(lang).stem
    assert 40 <= len(stem.split()) <= 120
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


@each_language
def test_the_best_option_is_seldom_the_longest(lang: str):
    longest = 0
    for scenario in SCENARIOS:
        key = scenario.key()
        lengths = {option.id: len(option.text(lang).label) for option in scenario.options}
        longest += any(key[name] == 4 and length == max(lengths.values()) for name, length in lengths.items())
    assert longest <= 0.3 * len(SCENARIOS)


def test_the_place_of_the_best_option_as_written_varies():
    places = Counter(list(scenario.key().values()).index(4) for scenario in SCENARIOS)
    assert len(places) >= 3
    assert max(places.values()) <= 0.6 * len(SCENARIOS)


def test_no_two_people_share_a_name():
    names = Counter(scenario.person.name for scenario in SCENARIOS)
    assert {name: count for name, count in names.items() if count > 1} == {}


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
    for path in [PACKAGE / "locale" / "de.toml", PACKAGE / "rules" / "article.toml", *sorted(shipped("scenarios").rglob("*.toml"))]:
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
