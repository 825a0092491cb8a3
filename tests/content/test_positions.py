"""Texts are generated together with the lines of what is in them."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.content.shipped import shipped
from etiquette_kit.content.toml.positions import Positions
from hypothesis import given
from hypothesis import strategies as st

Where = tuple[str | int, ...]

EXAMPLE = """\
# a comment
a = 1
"b c" = 2
'd' = 3
e.f.g = [
  1, # one
  { h = 2, i.j = 3 },

  [4, 5],
]
text = \"\"\"
[[k]]
id = "not here"
\"\"\"

[[k]]
id = "first"
[k.sub]
x = 1
[[k.deep]]
y = 1
[[k.deep]]
y = 2

[[k]]
id = "second"
sub.x = 2
sub.y = 2
deep = [
  { y = 3 },
]
"""


@pytest.mark.parametrize(
    ("where", "line"),
    [
        (("a",), 2),
        (("b c",), 3),
        (("d",), 4),
        (("e",), 5),
        (("e", "f", "g"), 5),
        (("e", "f", "g", 0), 6),
        (("e", "f", "g", 1), 7),
        (("e", "f", "g", 1, "i", "j"), 7),
        (("e", "f", "g", 2, 1), 9),
        (("text",), 11),
        (("k", 0), 16),
        (("k", 0, "id"), 17),
        (("k", 0, "sub"), 18),
        (("k", 0, "sub", "x"), 19),
        (("k", 0, "deep", 0, "y"), 21),
        (("k", 0, "deep", 1), 22),
        (("k", 0, "deep", 1, "y"), 23),
        (("k", 1), 25),
        (("k", 1, "id"), 26),
        (("k", 1, "sub"), 27),
        (("k", 1, "sub", "y"), 28),
        (("k", 1, "deep"), 29),
        (("k", 1, "deep", 0, "y"), 30),
    ],
)
def test_a_key_is_found_on_its_line(where: Where, line: int):
    assert Positions(EXAMPLE).line(where) == line
    node: Any = tomllib.loads(EXAMPLE)
    for part in where:
        node = node[part]


@pytest.mark.parametrize(
    ("where", "line"),
    [
        ((), 1),
        (("nowhere",), 1),
        (("a", "b"), 2),
        (("k", 1, "missing"), 25),
        (("k", 7), 1),
        (("k", 0, "deep", 9, "y"), 16),
        (("e", "f", "g", 1, "x"), 7),
    ],
)
def test_what_is_not_there_is_found_at_the_innermost_part_that_is(where: Where, line: int):
    assert Positions(EXAMPLE).line(where) == line


@pytest.mark.parametrize(
    "text", ["", "\n", "no toml", "[", "= 1", "a =", "[[]]", "[a]]", 'a = "', "\x00", "a = [1", "[a.]\nb = 1", "a.b. = 1"]
)
def test_a_text_that_is_no_toml_has_no_lines_but_does_no_harm(text: str):
    assert Positions(text).line(("zzz", 0)) == 1


@given(st.text(alphabet="ab.[]{}=\"\n# ,1'\\", max_size=60))
def test_any_text_can_be_asked_for_lines(text: str):
    assert 1 <= Positions(text).line(("a", 0, "b")) <= text.count("\n") + 1


def test_a_thousand_parts_of_a_key_do_no_harm():
    assert Positions("\na" + ".a" * 5000 + " = 1\n").line(("a", "a")) == 2


def test_what_stands_twice_in_an_inline_table_is_found_where_it_stands_first():
    text = "x = { a.b = [\n1], a.c = [\n2] }\n"
    tomllib.loads(text)
    assert [Positions(text).line(("x", "a", *rest)) for rest in ((), ("b",), ("c",), ("c", 0))] == [1, 1, 2, 3]


class Writer:
    """Writes a TOML document and notes the line of every key."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.lines: list[str] = []
        self.expected: dict[Where, int] = {}

    def mark(self, where: Where) -> None:
        self.expected.setdefault(where, len(self.lines) + 1)

    def pause(self) -> None:
        self.lines += self.data.draw(st.lists(st.sampled_from(["", "# [a]", "  "]), max_size=2))

    def pairs(self, base: Where) -> None:
        for name in self.data.draw(st.lists(names, max_size=3, unique=True)):
            self.pause()
            keys = [name, *self.data.draw(st.lists(names, max_size=2))]
            for length in range(1, len(keys) + 1):
                self.mark((*base, *keys[:length]))
            self.value((*base, *keys), ".".join(map(_spelled, keys)) + " = ")

    def value(self, where: Where, before: str) -> None:
        kind = self.data.draw(st.sampled_from(["plain", "text", "array", "inline"]))
        if kind == "plain":
            self.lines.append(before + self.data.draw(st.sampled_from(["1", "true", '"[[a]]"', "1979-05-27", "'#'", '"\\" ü 👍"'])))
        elif kind == "text":
            quote = self.data.draw(st.sampled_from(['"""', "'''"]))
            self.lines += [before + quote, "[[a]]", "a = 1 ü", quote]
        elif kind == "inline":
            self.mark((*where, "x"))
            self.mark((*where, "y"))
            self.mark((*where, "y", "z"))
            self.lines.append(before + "{ x = 1, y.z = [2] }")
        else:
            self.lines.append(before + "[")
            for position in range(self.data.draw(st.integers(0, 3))):
                self.pause()
                self.mark((*where, position))
                self.lines.append("  1, # ]")
            self.lines.append("]")


names = st.sampled_from(["a", "b", "c-d", "e f", "ü", "1", "x.y", 'q"q', "back\\slash", ""])


def _spelled(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else json.dumps(key, ensure_ascii=False)


@given(st.data())
def test_every_key_of_a_generated_document_is_found_on_its_line(data: st.DataObject):
    writer = Writer(data)
    writer.pairs(())
    tops = {where[0] for where in writer.expected}
    for name in data.draw(st.lists(names, max_size=3, unique=True)):
        if name in tops:
            continue
        writer.pause()
        if data.draw(st.booleans()):
            writer.mark((name,))
            writer.lines.append(f"[{_spelled(name)}] # table")
            writer.pairs((name,))
            continue
        for position in range(data.draw(st.integers(1, 3))):
            writer.mark((name, position))
            writer.lines.append(f"[[ {_spelled(name)} ]]")
            writer.pairs((name, position))
            writer.mark((name, position, "own sub", "t"))
            writer.lines.append(f'[{_spelled(name)}."own sub".t]')
            writer.pairs((name, position, "own sub", "t"))
    text = data.draw(st.sampled_from(["\n", "\r\n"])).join(writer.lines)
    tomllib.loads(text)
    positions = Positions(text)
    assert {where: positions.line(where) for where in writer.expected} == writer.expected


@pytest.mark.parametrize("path", sorted(shipped("scenarios").rglob("*.toml")), ids=lambda path: path.stem)
def test_ids_and_actions_of_shipped_files_are_on_the_lines_that_say_so(path: Path):
    text = path.read_text(encoding="utf-8")
    lines, positions = text.splitlines(), Positions(text)
    for number, scenario in enumerate(tomllib.loads(text).get("scenario", [])):
        assert lines[positions.line(("scenario", number, "id")) - 1] == f'id = "{scenario["id"]}"'
        for place, option in enumerate(scenario["option"]):
            where = ("scenario", number, "option", place)
            assert lines[positions.line(where) - 1] == "[[scenario.option]]"
            assert lines[positions.line((*where, "action")) - 1] == f'action = "{option["action"]}"'
            assert lines[positions.line((*where, "text", "en", "feedback")) - 1].startswith("text.en.feedback = ")
