from typing import Any, Literal

import msgspec
import pytest
from etiquette_kit.lint import shape_problems
from etiquette_kit.lint.shape import fills
from hypothesis import given
from hypothesis import strategies as st


class Leaf(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    size: Literal["small", "large"] = "small"


class Tree(msgspec.Struct, forbid_unknown_fields=True):
    leaves: tuple[Leaf, ...] = msgspec.field(name="leaf")
    sound: bool = True
    words: dict[str, Leaf] = msgspec.field(default_factory=dict)
    either: str | bool | tuple[str | bool, ...] = ""


GOOD = {"leaf": [{"name": "a"}, {"name": "b", "size": "large"}], "sound": False, "words": {"de": {"name": "c"}}, "either": ["x", True]}


def _found(value: object, form: Any = Tree) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.kind, problem.where) for problem in shape_problems(value, form)]


def test_a_document_of_the_right_shape_has_no_problems_and_converts():
    assert _found(GOOD) == []
    assert msgspec.convert(GOOD, Tree).leaves[1].size == "large"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"leaf": 1}, [("wrong_type", ("leaf",))]),
        ({"leaf": [1]}, [("wrong_type", ("leaf", 0))]),
        ({"leaf": [{}]}, [("missing_key", ("leaf", 0))]),
        ({"leaf": [{"name": 1}, {"name": True}]}, [("wrong_type", ("leaf", 0, "name")), ("wrong_type", ("leaf", 1, "name"))]),
        ({"leaf": [{"name": "a", "size": "smal"}]}, [("unknown_value", ("leaf", 0, "size"))]),
        ({"leaf": [{"name": "a", "nmae": "b"}]}, [("unknown_key", ("leaf", 0, "nmae"))]),
        ({"leaves": []}, [("unknown_key", ("leaves",))]),
        ({"sound": 1}, [("wrong_type", ("sound",))]),
        ({"sound": "true"}, [("wrong_type", ("sound",))]),
        ({"words": []}, [("wrong_type", ("words",))]),
        ({"words": {"de": {"name": 1}}}, [("wrong_type", ("words", "de", "name"))]),
        ({"either": 1}, [("wrong_type", ("either",))]),
        ({"either": [1]}, [("wrong_type", ("either",))]),
        ({"either": {}}, [("wrong_type", ("either",))]),
    ],
)
def test_what_does_not_fit_is_told_with_its_path(change: dict[str, object], expected: list[tuple[str, tuple[str | int, ...]]]):
    document = {**GOOD, **change}
    assert _found(document) == expected
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(document, Tree)


def test_what_is_missing_is_told_at_the_table_that_lacks_it():
    (problem,) = shape_problems({}, Tree)
    assert (problem.kind, problem.where, problem.values) == ("missing_key", (), {"key": "leaf"})


def test_everything_is_told_and_not_only_the_first():
    assert _found({"leaf": [{}, {"name": 1, "x": 2}], "y": 3}) == [
        ("unknown_key", ("y",)),
        ("missing_key", ("leaf", 0)),
        ("unknown_key", ("leaf", 1, "x")),
        ("wrong_type", ("leaf", 1, "name")),
    ]


def test_unknown_keys_and_values_name_the_nearest():
    problems = list(shape_problems({"leaf": [{"nmae": "a", "name": "b", "size": "larg"}]}, Tree))
    assert [problem.values["nearest"] for problem in problems] == ["name", "large"]
    assert problems[0].values["allowed"] == "name, size"


@pytest.mark.parametrize(
    ("value", "given"), [(1, "number"), (1.5, "number"), (True, "truth"), ([], "array"), ({}, "table"), (None, "other")]
)
def test_a_wrong_type_says_what_is_there_and_what_belongs_there(value: object, given: str):
    (problem,) = shape_problems({"name": value}, Leaf)
    assert problem.values == {"key": "name", "expected": "text", "given": given}


@pytest.mark.parametrize("value", ["4", 4.0, True, None, [4], 5, -1])
def test_a_number_among_given_ones_must_be_a_number(value: object):
    class Graded(msgspec.Struct):
        grade: Literal[1, 2, 3, 4]

    assert _found({"grade": 4}, Graded) == []
    assert _found({"grade": value}, Graded) == [("unknown_value", ("grade",))]


@pytest.mark.parametrize("value", [1, None, "text", [], 1.5])
def test_what_is_no_table_at_all_is_one_problem(value: object):
    assert _found(value) == [("wrong_type", ())]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.sampled_from(["a", "small", "large", ""]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from([*GOOD, "name", "size", "de"]), inner, max_size=3),
    max_leaves=8,
)


@given(change=st.dictionaries(st.sampled_from([*GOOD, "other"]), values, max_size=2))
def test_the_short_way_and_the_long_way_agree_on_what_fills_a_form(change: dict[str, object]):
    for value in ({**GOOD, **change}, change, *change.values()):
        assert fills(value, Tree) == (_found(value) == [])
        assert fills(value, Leaf) == (_found(value, Leaf) == [])
