"""Whatever is done on the author's page, in whatever order: nothing fails, the file can be read, and nobody else's lines change."""

from pathlib import Path
from typing import Any

from author_folder import FIRST, written_folder
from etiquette_kit.authoring.sections import sections
from etiquette_kit.bank import load_bank
from hypothesis import given, settings
from hypothesis import strategies as st
from writing import Writing

FIELDS = [
    *("id", "twin", "platform", "person.name", "person.gender", "file", "theme.de"),
    *(f"facts.{fact}" for fact in ("event", "relation", "wanted", "sensitive", "personal")),
    *(f"text.{lang}.{name}" for lang in ("de", "en", "fr") for name in ("title", "role", "stem")),
    *(f"option.{place}.{name}" for place in (0, 2, 4) for name in ("action", "text.de.label", "text.en.feedback")),
]
VALUES = [
    "",
    "true",
    "false",
    "boss",
    "client",
    "message",
    "audience",
    "friend_request",
    "xing",
    "female",
    "decline_with_note",
    "reply_later",
]

values = st.sampled_from(VALUES) | st.text(max_size=40)
edits = st.fixed_dictionaries({"do": st.just("edit"), "key": st.just("one"), "field": st.sampled_from(FIELDS), "value": values})
steps = st.one_of(
    edits,
    edits,
    st.fixed_dictionaries(
        {"do": st.just("option"), "step": st.sampled_from(["add", "remove", "up", "down"]), "place": st.integers(min_value=0, max_value=5)}
    ),
    st.fixed_dictionaries({"do": st.just("write_in"), "code": st.sampled_from(["de", "en", "fr"]), "on": st.booleans()}),
    st.fixed_dictionaries({"do": st.just("preview"), "open": st.booleans(), "lang": st.sampled_from(["", "de", "en"])}),
    st.sampled_from([{"do": "undo"}, {"do": "keep"}, {"do": "drop"}, {"do": "play", "on": True}, {"do": "play", "on": False}]),
)


def _second(text: str) -> str:
    (start, end) = sections(text, "scenario", "scenario")[1]
    return text[start:end]


@settings(max_examples=60)
@given(done=st.lists(steps, min_size=1, max_size=14))
def test_any_steps_leave_a_file_that_can_be_read_and_the_other_situation_as_it_was(tmp_path_factory: Any, done: list[dict[str, Any]]):
    folder: Path = written_folder(tmp_path_factory.mktemp("laws"))
    page = Writing(folder)
    page.do("open", key="one")
    for step in [*done, {"do": "play", "on": False}, {"do": "keep"}]:
        page.do(**{"action" if name == "do" else name: value for name, value in step.items()})
    text = (folder / "first.toml").read_text(encoding="utf-8")
    assert _second(text) == _second(FIRST)
    assert text.startswith(FIRST[: FIRST.index("[[scenario]]")])
    page.do("close")
    assert len(page.page["rows"]) == 2
    again = Writing(folder, tab="other")
    assert [row["title"] for row in again.page["rows"]] == [row["title"] for row in page.page["rows"]]
    load_bank(folder).findings  # noqa: B018  it can be reviewed


@settings(max_examples=40)
@given(done=st.lists(edits, min_size=1, max_size=8))
def test_all_steps_can_be_taken_back(tmp_path_factory: Any, done: list[dict[str, Any]]):
    page = Writing(written_folder(tmp_path_factory.mktemp("laws")))
    page.do("open", key="one")
    before = page.page["values"]
    for step in done:
        if step["field"] != "file":
            page.do("edit", **{name: value for name, value in step.items() if name != "do"})
    while page.page["can_undo"]:
        page.do("undo")
    assert page.page["values"] == before
    assert not page.page["can_save"]
