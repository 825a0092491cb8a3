"""What is found while a situation is written is what `etiquette check` finds, each at its field."""

from pathlib import Path
from typing import Any

import pytest
from author_folder import written_folder
from etiquette_kit import load_bank
from etiquette_kit.authoring import Folder
from etiquette_kit.authoring.review import review
from etiquette_kit.authoring.stem_parts import stem_parts
from etiquette_kit.content.shipped import shipped
from good_scenario import HEAD, scenario

BANK = Folder(shipped("scenarios"))


def _found(raw: dict[str, Any], required: tuple[str, ...] = ("de",)) -> set[tuple[str, str, str]]:
    return {(finding.field, finding.weight, finding.problem.kind) for finding in review(raw, [], required, set()).findings}


def test_nothing_is_found_in_what_is_shipped():
    assert len(BANK.entries) == len(load_bank())
    for entry in BANK.entries.values():
        found = review(entry.raw, BANK.others(entry.key), BANK.languages, BANK.ids - {entry.key})
        assert (found.findings, found.scenario is not None) == ((), True), entry.key


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('action = "accept_open"', 'action = "ignored"', "option.0.action"),
        ('title = "Eine Anfrage"', 'title = "Anfrage"', "text.de.title"),
        ("Das bewirkt b.", "Das bewirkt b und " + "noch mehr " * 20, "option.1.text.de.feedback"),
        ("I choose c. That", "I never choose c. That", "option.2.text.en.label"),
        ('platform = "facebook"', 'platform = "xing"', "platform"),
        ('name = "Ada Beispiel"', 'name = ""', "person.name"),
        ("wanted = false", "wanted = true", "facts.sensitive"),
    ],
)
def test_each_finding_of_check_has_its_field(tmp_path: Path, old: str, new: str, field: str):
    text = HEAD + scenario("one")
    assert text.count(old) == 1
    folder = Folder(written_folder(tmp_path, text.replace(old, new)))
    (entry,) = folder.entries.values()
    found = review(entry.raw, [], folder.languages, set())
    expected = {finding.kind for finding in folder.findings() if finding.id == "one"}
    assert expected
    assert expected <= {finding.problem.kind for finding in found.findings}  # more, as texts are judged before the rest is right
    assert field in {finding.field for finding in found.findings}


def test_what_is_not_written_yet_is_missing_and_no_error():
    raw = {"person": {}, "facts": {}, "text": {"de": {}}, "option": [{"id": "a", "text": {"de": {}}}]}
    found = _found(raw)
    assert {weight for _, weight, _ in found} == {"missing"}
    fields = {field for field, _, _ in found}
    assert {"facts.event", "person.gender", "text.de.stem", "option.0.action", "option.0.text.de.label", "option"} <= fields


def test_texts_are_judged_before_the_rest_is_there():
    raw = {"text": {"de": {"title": "Die Absage", "stem": "Kurz."}}}
    kinds = {kind for _, _, kind in _found(raw)}
    assert {"telling_title", "stem_short"} <= kinds
    assert not kinds & {"no_person", "no_role", "unclear_wish"}  # these depend on what it is about


def test_an_id_of_another_and_a_language_that_all_others_have_are_told():
    raw = dict(next(iter(BANK.entries.values())).raw)
    taken = review(raw, [], ("de", "en"), {raw["id"]})
    assert [(finding.field, finding.problem.kind) for finding in taken.findings] == [("id", "doubled_id")]
    german = {**raw, "text": {"de": raw["text"]["de"]}}
    assert ("text.en", "missing", "missing_language") in _found(german, ("de", "en"))


def test_one_is_compared_with_the_others_or_not():
    first, second = list(BANK.entries.values())[:2]
    likeness = {**second.raw, "text": first.raw["text"]}
    compared = review(likeness, [BANK.played(first)], ("de", "en"), set())
    assert "similar_stems" in {finding.problem.kind for finding in compared.findings}
    twin = {**second.raw, "twin": "another"}
    assert "twin_missing" in {finding.problem.kind for finding in review(twin, [], ("de", "en"), set()).findings}
    assert review(twin, None, ("de", "en"), set()).findings == ()


def test_every_shipped_stem_has_its_parts_as_far_as_a_program_can_tell():
    for entry in BANK.entries.values():
        facts = entry.raw["facts"]
        for lang in ("de", "en"):
            told = {part.name: part.told for part in stem_parts(entry.raw, lang)}
            assert told["who"] == told["where"] == told["writes"] == "yes", entry.key
            assert told["wish"] == ("yes" if "wanted" in facts else "unsure"), entry.key
            assert told["profile"] == ("yes" if "sensitive" in facts else "unsure"), entry.key
            assert told["against"] == "unsure"
