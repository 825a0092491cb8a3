"""One small bad example for each kind of finding in decision tables: the shipped one with one thing changed."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import etiquette_kit
import pytest
from etiquette_kit.content.finding import Finding
from etiquette_kit.content.toml.toml_file import read_toml
from etiquette_kit.lint import is_table, table_problems
from etiquette_kit.locale import catalog
from etiquette_kit.rules import all_cells, article_table
from good_scenario import GOOD, changed, line_of, written
from hypothesis import given
from hypothesis import strategies as st

TABLE = (Path(etiquette_kit.__file__).parent / "rules" / "article.toml").read_text(encoding="utf-8")

RULES = TABLE.split("[[rules]]")
R15_WHEN = 'when = { event = "audience", relation = "boss" }'
R12_LATER = 'grades.reply_later = { grade = 2, basis = "stated", passages = ["S8"] }'


def _findings(folder: Path, text: str) -> list[Finding]:
    file = read_toml(written(folder, text, "table.toml"))
    file.problems += [("", problem) for problem in table_problems(file.document)]
    return file.findings()


@dataclass(frozen=True)
class Case:
    """A change to the shipped table and what is to be found."""

    kind: str
    old: str
    new: str
    at: str = ""  # a text that stands once, on the line of the finding; default: the new text; "-" for line 1
    says: tuple[str, ...] = ()
    nearest: str = ""
    also: frozenset[str] = frozenset()
    id: str = ""


CASES = [
    Case(
        "uncovered_cell",
        RULES[15],
        RULES[15].replace('"boss"', '"client"'),
        "-",
        ("event = audience, relation = boss",),
        also=frozenset({"doubly_covered_cell"}),
    ),
    Case(
        "doubly_covered_cell",
        'when = { event = "audience", relation = "client" }',
        'when = { event = "audience", relation = ["client", "boss"] }',
        "# R17",
        ("R15, R17", "event = audience, relation = boss"),
    ),
    Case(
        "rule_action",
        "grades.reply_later = { grade = 2",
        "grades.reply_latre = { grade = 2",
        says=("R12", "“reply_latre”", "reply_promptly"),
        nearest="reply_later",
        also=frozenset({"ungraded_action"}),
    ),
    Case(
        "rule_action",
        'silent = ["reply_promptly", "reply_later", "no_reply"]',
        'silent = ["reply_promptly", "reply_later", "no_reply", "ignore"]',
        says=("R14", "“ignore”"),
    ),
    Case("no_passage", R12_LATER, R12_LATER.replace('["S8"]', "[]"), says=("R12", "“reply_later”")),
    Case("unknown_passage", R12_LATER, R12_LATER.replace('"S8"', '"S88"'), says=("R12", "“S88”", "S0, S1, S2")),
    Case(
        "graded_and_silent",
        RULES[15],
        RULES[15].replace('["unfriend"]', '["unfriend", "stop_posting"] # both'),
        "# both",
        ("R15", "“stop_posting”"),
    ),
    Case("ungraded_action", R12_LATER, "", "# R12", ("R12", "“reply_later”")),
    Case("doubled_id", 'id = "R12"', 'id = "R8" # again', says=("“R8”",)),
    Case("doubled_id", 'id = "S3"', 'id = "S2" # again', says=("“S2”",), also=frozenset({"unknown_passage"})),
    Case(
        "unknown_fact",
        R15_WHEN,
        R15_WHEN.replace("relation", "relatoin"),
        says=("“relatoin”", "relation"),
        nearest="relation",
        also=frozenset({"uncovered_cell", "rule_action"}),
    ),
    Case(
        "unknown_value",
        R15_WHEN,
        R15_WHEN.replace("boss", "bosss"),
        says=("“bosss”", "client, colleague, boss"),
        nearest="boss",
        also=frozenset({"uncovered_cell", "rule_action"}),
    ),
    Case(
        "unknown_value",
        R15_WHEN,
        R15_WHEN.replace('"audience"', '"audiense"'),
        nearest="audience",
        also=frozenset({"uncovered_cell", "rule_action"}),
    ),
    Case(
        "fact_not_asked",
        R15_WHEN,
        R15_WHEN.replace('"boss"', '"boss", wanted = true'),
        says=("“wanted”", "event, relation"),
        also=frozenset({"uncovered_cell", "rule_action"}),
    ),
    Case(
        "fact_not_asked",
        'relation = "client", wanted = false }',
        'relation = "client", wanted = false, sensitive = true }',
        says=("“sensitive”", "event, relation, network, wanted."),
        also=frozenset({"uncovered_cell", "rule_action"}),
    ),
    Case("wrong_type", R15_WHEN, 'when = "audience"', says=("“when”", "a table")),
    Case("wrong_type", 'title = "Vorsicht mit Geschäftskontakten auf Facebook"', "title = 7", says=("“title”",)),
    Case("missing_key", 'coach = "Alexander Plath"\n', "", "[article]", ("“coach”",)),
    Case("unknown_key", R12_LATER, R12_LATER.replace("basis", "bases"), nearest="basis", also=frozenset({"missing_key"})),
    Case("unknown_value", R12_LATER, R12_LATER.replace("grade = 2", "grade = 5"), says=("“5”", "1, 2, 3, 4")),
    Case("unknown_value", R12_LATER, R12_LATER.replace('"stated"', '"silent"'), says=("“silent”", "stated")),
    Case("unknown_value", R12_LATER, R12_LATER.replace("grade = 2", "grade = true"), says=("1, 2, 3, 4",)),
    Case("unknown_value", R12_LATER, R12_LATER.replace("grade = 2", 'grade = "2"'), says=("1, 2, 3, 4",)),
    Case("unknown_value", R12_LATER, R12_LATER.replace("grade = 2", "grade = 2.0"), says=("1, 2, 3, 4",)),
]


def test_the_shipped_table_has_no_findings(tmp_path: Path):
    assert _findings(tmp_path, TABLE) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.kind}: {case.new.strip()[-30:]!r}")
def test_a_bad_example_is_found_at_its_line(tmp_path: Path, case: Case):
    text = changed(case.old, case.new, TABLE)
    findings = _findings(tmp_path, text)
    assert {finding.kind for finding in findings} == {case.kind} | case.also
    finding = next(finding for finding in findings if finding.kind == case.kind)
    if case.at == "-":
        expected = 1
    elif case.at.startswith("# R"):
        expected = line_of(text, f'id = "{case.at[2:]}"') - 1  # the rule's [[rules]]
    else:
        expected = line_of(text, case.at or case.new)
    assert (finding.line, finding.severity) == (expected, "error")
    for said in case.says:
        assert said in finding.message
    assert case.nearest == "" or finding.message.endswith(catalog("en")("findings.nearest", nearest=case.nearest))


@given(st.integers(1, len(RULES) - 1))
def test_a_rule_left_out_is_found_as_exactly_its_cells(position: int):
    rule = article_table().rules[position - 1]
    text = "[[rules]]".join([*RULES[:position], *RULES[position + 1 :]])
    problems = list(table_problems(tomllib.loads(text)))
    assert {problem.kind for problem in problems} == {"uncovered_cell"}
    assert sorted(problem.values["cell"] for problem in problems) == sorted(str(cell) for cell in all_cells() if rule.covers(cell))


@given(st.integers(1, len(RULES) - 1))
def test_a_rule_written_twice_is_found_as_exactly_its_cells(position: int):
    rule = article_table().rules[position - 1]
    twin = RULES[position].replace(f'id = "{rule.id}"', 'id = "R99"')
    problems = list(table_problems(tomllib.loads(f"{TABLE}\n[[rules]]{twin}")))
    assert {problem.kind for problem in problems} == {"doubly_covered_cell"}
    assert sorted(problem.values["cell"] for problem in problems) == sorted(str(cell) for cell in all_cells() if rule.covers(cell))
    assert {problem.values["rules"] for problem in problems} == {f"{rule.id}, R99"}


def test_a_table_is_told_from_a_scenario_file():
    assert is_table(tomllib.loads(TABLE))
    assert is_table({"passages": []})
    assert not is_table(tomllib.loads(GOOD))
    assert not is_table({})


@pytest.mark.parametrize("document", [{"rules": 1}, {"rules": []}, {"passages": [1]}, {"rules": [{"id": []}]}, {"rules": {}}])
def test_what_only_begins_like_a_table_has_problems_and_no_more(document: dict[str, object]):
    problems = list(table_problems(document))
    assert problems
    assert all(problem.severity == "error" for problem in problems)


anything = st.recursive(
    st.sampled_from(["", "S1", "R1", "client", "event", "ignore", "4", 0, 4, True, 1.5, 10**30]),
    lambda values: (
        st.lists(values, max_size=2) | st.dictionaries(st.sampled_from(["event", "relation", "id", "grade", "x"]), values, max_size=2)
    ),
    max_leaves=4,
)


@given(st.data())
def test_a_table_with_anything_anywhere_is_reviewed(data: st.DataObject):
    document = tomllib.loads(TABLE)
    part = document[data.draw(st.sampled_from(["passages", "actions", "rules"]))]
    entry = data.draw(st.sampled_from(part))
    while True:
        key = data.draw(st.sampled_from(list(entry) if isinstance(entry, dict) else range(len(entry))))
        inside = entry[key]
        if not isinstance(inside, dict | list) or not inside or data.draw(st.booleans()):
            break
        entry = inside
    entry[key] = data.draw(anything)
    for problem in table_problems(document):
        assert problem.severity == "error"
        assert catalog("de").get(f"findings.{problem.kind}")
