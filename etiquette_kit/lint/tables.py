"""Whether a decision table answers every cell exactly once and grades every action."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from etiquette_kit.content.finding import Problem
from etiquette_kit.lint.shape import shape_problems
from etiquette_kit.locale.legible import value_text
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.rules import ASKED, VALUES, Rule, Table, all_cells, asked_facts, parse_table
from etiquette_kit.rules.facts import is_allowed


def is_table(document: Mapping[str, object]) -> bool:
    """Tell a decision table from a scenario file."""
    return "rules" in document or "passages" in document


def table_problems(document: Mapping[str, object]) -> Iterator[Problem]:
    """Yield everything that is wrong with a decision table.

    Parameters
    ----------
    document : mapping
        The parsed TOML file.
    """
    shape = list(shape_problems(document, Table))
    yield from shape
    if shape:
        return
    table = parse_table(document)
    yield from _doubled_ids(table)
    for position, rule in enumerate(table.rules):
        yield from _condition_problems(rule, position)
        yield from _grade_problems(table, rule, position)
    for cell in table.gaps():
        yield Problem("uncovered_cell", ("rules",), {"cell": str(cell)})
    for cell, rules in table.overlaps():
        last = max(position for position, rule in enumerate(table.rules) if rule.id in rules)
        yield Problem("doubly_covered_cell", ("rules", last), {"cell": str(cell), "rules": ", ".join(rules)})


def row_name(document: Mapping[str, object], problem: Problem) -> str:
    """Return the id of the rule, passage or action that a problem is in; empty where it concerns the whole table."""
    match problem.where:
        case [str(key), int(position), *_]:
            rows = document.get(key)
            row = rows[position] if isinstance(rows, list) and position < len(rows) else None
            name = row.get("id") if isinstance(row, Mapping) else None
            return name if isinstance(name, str) else ""
    return ""


def _doubled_ids(table: Table) -> Iterator[Problem]:
    tables = {
        "passages": [passage.id for passage in table.passages],
        "actions": [action.id for action in table.actions],
        "rules": [rule.id for rule in table.rules],
    }
    for key, ids in tables.items():
        taken: set[str] = set()
        for position, name in enumerate(ids):
            if name in taken:
                yield Problem("doubled_id", (key, position, "id"), {"id": name, "other": key})
            taken.add(name)


def _condition_problems(rule: Rule, position: int) -> Iterator[Problem]:
    where = ("rules", position, "when")
    for name, condition in rule.when.items():
        if name not in VALUES:
            values = {"fact": name, "value": "", "allowed": ", ".join(VALUES), "nearest": nearest(name, VALUES) or ""}
            yield Problem("unknown_fact", (*where, name), values)
            continue
        for value in condition if isinstance(condition, tuple) else (condition,):
            if not is_allowed(name, value):
                allowed_names = [str(allowed).lower() for allowed in VALUES[name]]
                near = nearest(value_text(value), allowed_names) or ""
                yield Problem(
                    "unknown_value", (*where, name), {"value": value_text(value), "allowed": ", ".join(allowed_names), "nearest": near}
                )
    event = rule.when.get("event")
    if isinstance(event, str) and event in ASKED:
        asked = asked_facts(rule.when)
        for name in rule.when:
            if name in VALUES and name not in asked:
                yield Problem("fact_not_asked", (*where, name), {"fact": name, "value": "", "allowed": ", ".join(asked)})


def _grade_problems(table: Table, rule: Rule, position: int) -> Iterator[Problem]:
    where = ("rules", position)
    cells = [cell for cell in all_cells() if rule.covers(cell)]
    existing = {action for cell in cells for action in table.actions_for(cell)}
    passages = {passage.id for passage in table.passages}
    for action, grade in rule.grades.items():
        if action not in existing:
            near = nearest(action, existing) or ""
            values = {"rule": rule.id, "action": action, "allowed": ", ".join(sorted(existing)), "nearest": near}
            yield Problem("rule_action", (*where, "grades", action), values)
        if not grade.passages:
            yield Problem("no_passage", (*where, "grades", action), {"rule": rule.id, "action": action})
        for passage in grade.passages:
            if passage not in passages:
                yield Problem(
                    "unknown_passage",
                    (*where, "grades", action),
                    {"rule": rule.id, "passage": passage, "allowed": ", ".join(sorted(passages))},
                )
        if action in rule.silent:
            yield Problem("graded_and_silent", (*where, "silent"), {"rule": rule.id, "action": action})
    for action in rule.silent:
        if action not in existing:
            near = nearest(action, existing) or ""
            values = {"rule": rule.id, "action": action, "allowed": ", ".join(sorted(existing)), "nearest": near}
            yield Problem("rule_action", (*where, "silent"), values)
    for action in sorted(existing - set(rule.grades) - set(rule.silent)):
        yield Problem("ungraded_action", where, {"rule": rule.id, "action": action})
