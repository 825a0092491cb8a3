"""docs/findings.md explains every kind of finding, with the thresholds of the code."""

import re

import pytest
from doc_pages import read
from etiquette_kit.content.scenario import LIMITS, STEM_WORDS
from etiquette_kit.content.toml.toml_file import MAX_BYTES
from etiquette_kit.lint.fairness import balance, clues, length, position, warning
from etiquette_kit.lint.fairness import plain_language as plain
from etiquette_kit.lint.fairness import readability as reading
from etiquette_kit.lint.fairness import similarity as likeness
from etiquette_kit.locale import catalog

FINDINGS = read("docs/findings.md")
SECTIONS = {part.partition("\n")[0]: part.partition("\n")[2].partition("\n## ")[0] for part in FINDINGS.split("\n### ")[1:]}


def test_every_kind_of_finding_has_its_section_and_no_section_is_of_another():
    headings = re.findall(r"^### (.+)$", FINDINGS, re.MULTILINE)
    assert sorted(headings) == sorted(key for key in catalog("en").table("findings") if key != "nearest" and not key.endswith("_one"))


@pytest.mark.parametrize("kind", SECTIONS)
def test_a_section_says_something_in_whole_sentences(kind: str):
    prose = "\n".join(line for line in SECTIONS[kind].splitlines() if not line.startswith(("- ", "  "))).strip()
    assert prose.endswith(".")
    assert 2 <= len(re.findall(r"[.?](?=\s|$)", prose)) <= 6


@pytest.mark.parametrize(
    ("kind", "figures"),
    [
        ("too_large", [f"{MAX_BYTES / 1e6:.0f} MB"]),
        ("bad_id", [f"{LIMITS['id']} characters"]),
        ("long_text", [f"{LIMITS[name]:,}" for name in ("name", "title", "role", "label", "feedback", "stem")]),
        ("stem_short", [f"{STEM_WORDS[0]} words"]),
        ("stem_long", [f"{STEM_WORDS[1]} words"]),
        ("long_sentence", [f"more than {plain.SENTENCE_WORDS} words"]),
        ("long_sentences", [f"more than {plain.SENTENCE_AVERAGE} words"]),
        (
            "long_word",
            [f"more than {catalog('de')('syllables.most')} syllables in German", f"more than {catalog('en')('syllables.most')} in"],
        ),
        ("option_short", [f"fewer than {plain.LABEL_WORDS[0]} words"]),
        ("option_long", [f"more than {plain.LABEL_WORDS[1]} words"]),
        ("feedback_long", [f"more than {plain.FEEDBACK_WORDS} words"]),
        ("many_options", [f"more than {plain.OPTIONS} options"]),
        ("title_words", [f"fewer than {plain.TITLE_WORDS[0]} words or more than {plain.TITLE_WORDS[1]}"]),
        ("best_longest", [f"{length.BEST_LONGEST:.0%}"]),
        ("best_position", [f"{position.TOO_OFTEN:.0%}", f"{warning.WHOLE_BANK}"]),
        ("unequal_options", [f"{length.UNEQUAL}"]),
        ("languages_apart", [f"{length.APART}"]),
        ("hard_to_read", [f"{reading.HARD}", "Björnsson 1968", "Anderson 1981"]),
        ("absolute_words", ["Haladyna & Downing 1989"]),
        ("shared_words", [f"{warning.WHOLE_BANK} options", f"{clues.MORE_THAN_CHANCE} times"]),
        ("similar_stems", [f"{likeness.SIMILAR_STEMS:.0%}", f"{likeness._COMMON}", "Jaccard (1901)"]),
        ("similar_options", [f"{likeness.SIMILAR_OPTIONS:.0%}", "Jaccard 1901"]),
        ("lopsided_relation", [f"{share:.0%}" for share in balance.RELATION_SHARES]),
        ("lopsided_gender", [f"{share:.0%}" for share in balance.GENDER_SHARES]),
        ("lopsided_platform", [f"{balance.PLATFORM_SHARE:.0%}"]),
    ],
)
def test_a_section_states_the_threshold_and_the_source(kind: str, figures: list[str]):
    told = " ".join(SECTIONS[kind].split())
    assert [figure for figure in figures if figure not in told] == []


def test_thresholds_that_are_words_are_those_of_the_code():
    assert (balance.PER_CELL, clues.TELLING) == (3, 7)
    assert "fewer than three scenarios" in SECTIONS["thin_cell"]
    assert "seven letters or more" in SECTIONS["shared_words"]
