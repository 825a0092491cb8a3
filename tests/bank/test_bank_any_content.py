"""Whatever a file holds, it makes a bank."""

import copy
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from bank_reader import SHIPPED_FILES, holds, read
from etiquette_kit.bank import read_bank
from etiquette_kit.content.toml.toml_file import TomlFile, read_toml
from good_scenario import HEAD, scenario
from hypothesis import given, settings
from hypothesis import strategies as st


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("reader") / "sample.toml"


@given(raw=st.binary(max_size=400))
def test_random_bytes_make_a_bank(path: Path, raw: bytes):
    assert len(read(path, raw)) == 0


toml_pieces = st.sampled_from(
    [
        "[[scenario]]",
        "[scenario]",
        "[theme]",
        "[[scenario.option]]",
        "[scenario.text.de]",
        "[[scenario.text]]",
        'id = "a"',
        "id = 1",
        "id.x = 1",
        'title.de = "T"',
        "title = []",
        "scenario = 1",
        "scenario = [{}]",
        "option = {}",
        'facts = { event = "message" }',
        "facts = 1",
        "text = 1",
        'platform = "xing"',
        "person = { name = 1 }",
        "theme = 1",
        "rules = 1",
        '"a b" = 1',
        "a.b.c = [1, [2]]",
        "x = 1979-05-27",
        "x = nan",
        "# c",
        "",
        '"""',
        "=",
        "[",
        "]]",
    ]
)


@given(pieces=st.lists(toml_pieces, max_size=12))
def test_random_toml_makes_a_bank(path: Path, pieces: list[str]):
    assert len(read(path, "\n".join(pieces).encode())) == 0


@settings(max_examples=200)
@given(data=st.data())
def test_shipped_files_with_lines_deleted_doubled_and_swapped_make_a_bank(path: Path, data: st.DataObject):
    lines = data.draw(st.sampled_from(SHIPPED_FILES)).splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        at, other = data.draw(st.integers(0, len(lines) - 1)), data.draw(st.integers(0, len(lines) - 1))
        match data.draw(st.sampled_from(["delete", "double", "swap"])):
            case "delete":
                del lines[at]
            case "double":
                lines.insert(at, lines[other])
            case "swap":
                lines[at], lines[other] = lines[other], lines[at]
    read(path, b"".join(lines))


@settings(max_examples=200)
@given(data=st.data())
def test_shipped_files_with_characters_changed_make_a_bank(path: Path, data: st.DataObject):
    text = data.draw(st.sampled_from(SHIPPED_FILES)).decode()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        text = text[:at] + data.draw(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=3)) + text[at + 1 :]
    read(path, text.encode())


numbers = st.one_of(st.integers(-(2**70), 2**70), st.floats())
moments = st.sampled_from([date(1979, 5, 27), time(7, 32), datetime(1979, 5, 27, tzinfo=UTC)])

keys = st.one_of(
    st.sampled_from(["id", "de", "en", "fr", "title", "theme", "scenario", "option", "text", "event", "label", "action", "name"]),
    st.text(max_size=4),
)

toml_values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.sampled_from(
            [
                "",
                " ",
                "de",
                "a",
                "client",
                "boss",
                "message",
                "audience",
                "xing",
                "whatsapp",
                "ignore",
                "split_lists",
                "female",
                "A B",
                "x\u202ey",
                "\x07",
            ]
        ),
        st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=10),
        st.booleans(),
        numbers,
        moments,
        st.text(alphabet="a ", min_size=1300, max_size=1300),
    ),
    lambda values: st.one_of(st.lists(values, max_size=3), st.dictionaries(keys, values, max_size=3)),
    max_leaves=6,
)


def _places(node: Any) -> list[tuple[Any, Any]]:
    """Return every place in a document, as the container and the key or position in it."""
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, value in entries for place in [(node, key), *_places(value)]]


@settings(max_examples=300)
@given(data=st.data())
def test_a_document_with_anything_anywhere_makes_a_bank(path: Path, data: st.DataObject):
    path.write_text(HEAD + scenario("one") + scenario("two"), encoding="utf-8")
    document = copy.deepcopy(dict(read_toml(path).document))
    for _ in range(data.draw(st.integers(1, 2))):
        container, key = data.draw(st.sampled_from(_places(document)))
        match data.draw(st.sampled_from(["replace", "delete", "add"])):
            case "replace":
                container[key] = data.draw(toml_values)
            case "delete":
                del container[key]
            case "add" if isinstance(container, dict):
                container[data.draw(keys)] = data.draw(toml_values)
            case "add":
                container.append(data.draw(toml_values))
        if not document:
            break
    file = TomlFile(Path("any.toml"), "", document)
    holds(read_bank([file]), file)
