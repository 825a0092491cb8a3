"""What keeps a table from filling its form is found, all of it; what has no problems can be converted."""

from typing import Any

import msgspec
import pytest
from etiquette_kit.lint.fairness.form_texts import ENOUGH_SENTENCES, ENOUGH_WORDS, form_text_warnings
from etiquette_kit.lint.form_parts import form_parts
from etiquette_kit.lint.form_problems import form_problems
from hypothesis import given
from hypothesis import strategies as st
from mailbox_format import Box

LANGS = ("de", "en")
ITEM = {
    "id": "client",
    "platform": "facebook",
    "person": {"name": "Ada Beispiel", "gender": "female"},
    "facts": {"event": "message", "relation": "client", "personal": True},
    "text": {lang: {"message": "When will it be here?"} for lang in LANGS},
}
GOOD: dict[str, Any] = {
    "id": "monday",
    "budget": 8,
    "text": {lang: {"title": "In the morning"} for lang in LANGS},
    "item": [ITEM, {**ITEM, "id": "boss", "minutes": 3}],
}

LONG = "One two three four five six seven eight nine ten eleven twelve thirteen fourteen {}. "

VALUES = st.recursive(
    st.one_of(
        st.booleans(), st.integers(-3, 70), st.floats(allow_nan=False), st.text(max_size=3), st.sampled_from(["", " ", "x" * 500, "a"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from(["id", "de", "text", "x"]), inner, max_size=3)),
    max_leaves=5,
)


def places(value: object, where: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [where]
    if isinstance(value, dict):
        found += [place for key, item in value.items() for place in places(item, (*where, key))]
    elif isinstance(value, list):
        found += [place for key, item in enumerate(value) for place in places(item, (*where, key))]
    return found


def replaced(value: Any, where: tuple[str | int, ...], new: object) -> Any:
    if not where:
        return new
    first, *rest = where
    changed = list(value) if isinstance(value, list) else dict(value)
    changed[first] = replaced(value[first], tuple(rest), new)  # type: ignore[index, call-overload]
    return changed


def found(raw: object) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.kind, problem.where) for problem in form_problems(raw, Box, "box", LANGS, LANGS)]


def test_a_table_that_fills_its_form_has_no_problems():
    assert found(GOOD) == []


@given(st.sampled_from(places(GOOD)), VALUES)
def test_what_has_no_problems_can_be_converted_and_nothing_is_raised(where: tuple[str | int, ...], new: object):
    raw = replaced(GOOD, where, new)
    if found(raw) == []:
        msgspec.convert(raw, Box)
        list(form_text_warnings("monday", raw, Box))


@given(st.sampled_from(places(GOOD)[1:]), VALUES)
def test_a_problem_is_at_the_place_that_was_changed_or_in_it_or_around_it(where: tuple[str | int, ...], new: object):
    for _, place in found(replaced(GOOD, where, new)):
        shorter = min(len(place), len(where))
        beside = {"platform": "facts", "facts": "platform"}.get(str(where[-1]))
        twice = place[-1:] == ("id",) and where[-1:] == ("id",)
        assert place[:shorter] == where[:shorter] or twice or beside in place


@pytest.mark.parametrize(
    ("where", "new", "kind", "place"),
    [
        (("text", "de", "title"), "", "empty_text", ("text", "de", "title")),
        (("item", 1, "text", "en", "message"), "x" * 401, "long_text", ("item", 1, "text", "en", "message")),
        (("item", 1, "person", "name"), "a\x00b", "control_character", ("item", 1, "person", "name")),
        (("item", 1, "id"), "client", "doubled_part", ("item", 1, "id")),
        (("item",), {}, "single_brackets", ("item",)),
        (("item",), [ITEM], "few_entries", ("item",)),
        (("budget",), 0, "number_low", ("budget",)),
        (("budget",), True, "wrong_type", ("budget",)),
    ],
)
def test_each_is_found_once_at_its_place(where: tuple[str | int, ...], new: object, kind: str, place: tuple[str | int, ...]):
    assert found(replaced(GOOD, where, new)) == [(kind, place)]


def test_a_text_knows_its_language_and_its_key():
    texts = {part.where: (part.key, part.lang) for part in form_parts(GOOD, Box) if part.form is str}
    assert texts["text", "de", "title"] == ("title", "de")
    assert texts["item", 1, "text", "en", "message"] == ("message", "en")
    assert texts["item", 0, "person", "name"] == ("name", "")


def _numbered(text: str) -> str:
    """Return a text whose sentences differ."""
    first, *others = text.split("{}")
    return first + "".join(f"{chr(97 + number)}{part}" for number, part in enumerate(others))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen.", []),
        (LONG * (ENOUGH_SENTENCES - 1), ["languages_apart"]),
        (LONG * ENOUGH_SENTENCES, ["long_sentences", "languages_apart"]),
        ("Experiences necessitate documents. " * (ENOUGH_WORDS // 3 - 1) + "Go now.", []),
        ("Evening lessons finally started. " * (ENOUGH_WORDS // 4 + 1), ["hard_to_read", "languages_apart"]),
    ],
)
def test_short_texts_are_not_judged_as_a_whole(text: str, kinds: list[str]):
    raw = replaced(GOOD, ("item", 0, "text", "en", "message"), _numbered(text))
    warned = [warning.kind for warning in form_text_warnings("monday", raw, Box)]
    assert [kind for kind in warned if kind != "text_words"] == kinds
