"""Changing a situation in its file: only what differs is written; comments, order and unknown keys stay."""

import copy
import difflib
import tomllib
from typing import Any

import pytest
from etiquette_kit.authoring import UnwritableError, toml_source
from etiquette_kit.authoring.sections import headers, sections
from etiquette_kit.authoring.table_edit import edited, situation_of
from etiquette_kit.content.shipped import shipped
from hypothesis import example, given, settings
from hypothesis import strategies as st

TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(shipped("scenarios").glob("*.toml"))}
SHIPPED = [text[start:end] for text in TEXTS.values() for start, end in sections(text, "scenario", "scenario")]

ODD = """# by Ada, do not move
[[scenario]]
# an id
id = "odd"   # short
platform = 'facebook'
person = { name = "Ada Beispiel", gender = "female" } # a client
facts = { event = "friend_request", relation = "client", network = "private", wanted = true, sensitive = false }
mystery.key = 1979-05-27

[scenario.text.de]
title = "Titel" # six words
note = ["a", # one
  "[[scenario]]"]
# before the stem
stem = '''
Text
'''

[[scenario.option]]
id = "a"
text.de.label = "Eins"   # first
extra = 0x1f
text.de.feedback = "Folge"

# about b
[[scenario.option]]
id = "b"
[scenario.option.text.de]
label = "Zwei"

[[scenario.option]]
id = "c"
text = { de = { label = "Drei" } }
# the end
"""


def _changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [line[2:] for line in lines if line.startswith("- ")], [line[2:] for line in lines if line.startswith("+ ")]


def _same(before: list[str], after: list[str]) -> int:
    """Return how many lines at the beginning are the same."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((number for number, (old, new) in pairs if old != new), min(len(before), len(after)))


def _set(raw: Any, path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    new = copy.deepcopy(raw)
    holder = new
    for name in path[:-1]:
        holder = holder[name]
    if value is None:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return new


def test_the_shipped_situations_are_found_each_in_its_section():
    assert len(SHIPPED) > 60
    assert all(situation_of(text) for text in SHIPPED)


def test_a_header_inside_a_text_or_a_list_is_none():
    assert [header.name for header in headers(ODD)] == [
        "scenario", "scenario.text.de", "scenario.option", "scenario.option", "scenario.option.text.de", "scenario.option",
    ]  # fmt: skip
    text = 'a = """\n[[scenario]]\n"""\nb = [\n[1],\n]\n# [[scenario]]\n[[scenario]]\nid = "x"\n'
    ((start, end),) = sections(text, "scenario", "scenario")
    assert text[start:end].startswith("# [[scenario]]\n[[scenario]]")
    assert end == len(text)


def test_a_schema_belongs_to_the_file_and_not_to_the_first_situation():
    text = '#:schema ./schema.json\n[[scenario]]\nid = "x"\n'
    assert sections(text, "scenario", "scenario") == [(23, len(text))]


@pytest.mark.parametrize(
    ("path", "value", "gone", "come"),
    [
        (("id",), "even", 'id = "odd"   # short', 'id = "even"   # short'),
        (("platform",), "xing", "platform = 'facebook'", 'platform = "xing"'),
        (("text", "de", "title"), 'Ein "neuer"', 'title = "Titel" # six words', 'title = "Ein \\"neuer\\"" # six words'),
        (("option", 0, "text", "de", "label"), "Neu", 'text.de.label = "Eins"   # first', 'text.de.label = "Neu"   # first'),
        (("option", 1, "text", "de", "label"), "Neu", 'label = "Zwei"', 'label = "Neu"'),
        (("option", 2, "text", "de", "label"), "Neu", 'text = { de = { label = "Drei" } }', 'text = { de = { label = "Neu" } }'),
        (("facts", "sensitive"), None, "wanted = true, sensitive = false }", "wanted = true }"),
        (
            ("person", "gender"),
            "male",
            '{ name = "Ada Beispiel", gender = "female" } # a',
            '{ name = "Ada Beispiel", gender = "male" } # a',
        ),
    ],
)
def test_one_value_changes_one_line(path: tuple[Any, ...], value: Any, gone: str, come: str):
    old = situation_of(ODD)
    new = _set(old, path, value)
    result = edited(ODD, old, new)
    removed, added = _changed_lines(ODD, result)
    assert (len(removed), len(added)) == (1, 1)
    assert gone in removed[0]
    assert come in added[0]
    assert situation_of(result) == new


@pytest.mark.parametrize(
    ("path", "value", "come"),
    [
        (("twin",), "other", ['twin = "other"']),
        (("option", 0, "action"), "accept_open", ['action = "accept_open"']),
        (("option", 0, "text", "en"), {"label": "One"}, ['text.en.label = "One"']),
        (("option", 1, "text", "de", "feedback"), "Folge", ['feedback = "Folge"']),
        (("text", "en"), {"title": "Title", "stem": "Text\n"}, ["[scenario.text.en]", 'title = "Title"', 'stem = """', "Text", '"""']),
    ],
)
def test_what_is_new_comes_as_lines_of_its_own_and_nothing_else_changes(path: tuple[Any, ...], value: Any, come: list[str]):
    old = situation_of(ODD)
    new = _set(old, path, value)
    result = edited(ODD, old, new)
    removed, added = _changed_lines(ODD, result)
    assert (removed, sorted(added)) == ([], sorted(come))
    assert situation_of(result) == new


def test_options_are_added_removed_and_moved_with_their_comments():
    old = situation_of(ODD)
    options = old["option"]
    new = {**old, "option": [options[1], {"id": "d", "text": {"de": {"label": "Vier"}}}, options[0]]}
    result = edited(ODD, old, new)
    assert situation_of(result) == new
    assert '# about b\n[[scenario.option]]\nid = "b"' in result
    assert 'text.de.label = "Eins"   # first' in result
    assert "Drei" not in result
    assert edited(result, new, old).count("# ") == result.count("# ")


def test_what_cannot_be_written_in_place_is_refused():
    old = {"id": "x", "option": [{"id": "a"}]}
    with pytest.raises(UnwritableError):
        edited('scenario = [{ id = "x", option = [{ id = "a" }] }]\n', old, {**old, "id": "y"})


@pytest.mark.parametrize("text", SHIPPED[::9])
def test_a_windows_file_keeps_its_line_ends(text: str):
    text = text.replace("\n", "\r\n")
    old = situation_of(text)
    new = _set(_set(old, ("text", "de", "stem"), "Eins\n\nZwei\n"), ("option",), old["option"][1:])
    result = edited(text, old, new)
    assert situation_of(result) == new
    assert situation_of(edited(text, old, old)) == old


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(text=texts)
@example(text='"""')
@example(text='a""""')
@example(text='\\"')
def test_every_text_is_read_as_it_was_written(text: str):
    for block in (False, True):
        # A line end of Windows is one of TOML's own: it is read as a single one.
        source = toml_source.string(text, block=block)
        assert tomllib.loads(f"value = {source}\n")["value"] == text


@settings(max_examples=150)
@given(data=st.data(), text=texts)
def test_any_text_in_any_field_changes_that_field_alone(data: st.DataObject, text: str):
    source = data.draw(st.sampled_from([*SHIPPED[:12], ODD]))
    old = situation_of(source)
    places = [("text", lang, name) for lang in old["text"] for name in ("title", "stem")]
    places += [("option", number, "text", "de", "label") for number in range(len(old["option"]))]
    path = data.draw(st.sampled_from(places))
    new = _set(old, path, text)
    result = edited(source, old, new)
    assert situation_of(result) == new
    # What changes is one piece, no longer than the field: all lines before it and behind it are as they were.
    holder: Any = old
    for name in path:
        holder = holder[name]
    before, after = source.split("\n"), result.split("\n")
    ahead = _same(before, after)
    behind = _same(before[ahead:][::-1], after[ahead:][::-1])
    assert len(before) - ahead - behind <= holder.count("\n") + 2
    if text != holder:
        assert edited(result, new, old).splitlines()[0] == source.splitlines()[0]
        assert situation_of(edited(result, new, old)) == old


@pytest.mark.parametrize("text", SHIPPED[::7])
def test_a_new_situation_is_read_as_it_was_written(text: str):
    assert situation_of(toml_source.situation(situation_of(text))) == situation_of(text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Eine Kundin – über Grüße", "eine-kundin-ueber-gruesse"),
        ("A client’s question", "a-clients-question"),
        ("Ça va?", "ca-va"),
        ("日本", "situation"),
        ("", "situation"),
        ("x" * 200, "x" * 50),
    ],
)
def test_an_id_is_made_of_a_title(title: str, name: str):
    assert toml_source.identifier(title, set()) == name
    assert toml_source.identifier(title, {name, f"{name}-2"}) == f"{name}-3"
