"""A bank as a whole, at its thresholds."""

from itertools import cycle, islice
from pathlib import Path
from typing import Any

import msgspec
import pytest
from etiquette_kit.bank import Bank, load_bank, read_bank
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.content.toml.toml_file import read_toml
from etiquette_kit.lint.fairness import Check, FairnessWarning
from etiquette_kit.lint.fairness.balance import limited_too_often, lopsided_gender, lopsided_platform, lopsided_relation, thin_cells
from etiquette_kit.lint.fairness.position import best_position
from etiquette_kit.locale import catalog
from etiquette_kit.rules import Facts, all_cells, decide
from fairness_examples import BASE, WHOLE, kinds_of, made, other
from good_scenario import HEAD, scenario, written


def request(relation: Any) -> Facts:
    return Facts(event="friend_request", relation=relation, network="private", wanted=False)


def test_findings_of_a_whole_bank_name_the_folder(tmp_path: Path):
    (tmp_path / "below").mkdir()
    written(tmp_path, HEAD + "".join(scenario(f"s{n}") for n in range(10)), "a.toml")
    written(tmp_path / "below", HEAD + "".join(scenario(f"t{n}") for n in range(10)), "b.toml")
    findings = [finding for finding in load_bank(tmp_path).findings if not finding.id]
    assert {(finding.file, finding.line, finding.severity) for finding in findings} == {(str(tmp_path), 1, "warning")}
    told = [(finding.kind, finding.values.get("name", "")) for finding in findings if finding.kind != "thin_cell"]
    assert sorted(told) == [
        ("best_position", ""),
        ("lopsided_gender", "female"),
        ("lopsided_gender", "female client"),
        ("lopsided_gender", "male"),
        ("lopsided_gender", "male client"),
        ("lopsided_platform", "facebook"),
        ("lopsided_relation", "boss"),
        ("lopsided_relation", "client"),
        ("lopsided_relation", "colleague"),
    ]
    assert sum(finding.kind == "thin_cell" for finding in findings) == 15  # all cells with a choice but the one it has
    for finding in findings:
        for lang in ("de", "en"):
            assert [
                value
                for name, value in finding.values.items()
                if f"{{{name}}}" in catalog(lang).get(f"findings.{finding.kind}") and value not in finding.text(lang)
            ] == []


def test_the_good_example_of_a_whole_bank_is_a_balanced_one():
    bank = _balanced()
    assert [warned for check in WHOLE for warned in check(bank)] == []
    assert [
        finding for finding in Bank(bank).findings if finding.kind in {"thin_cell", "best_position"} or "lopsided" in finding.kind
    ] == []


def _choice_cells() -> list[Facts]:
    """Return the situations in which some reaction misses the article's point."""
    return [cell for cell in all_cells() if any(grade <= 2 for grade in decide(cell).grades.values())]


def _balanced() -> list[Scenario]:
    """Return three scenarios for each situation with a choice, spread over genders, platforms and positions."""
    cells = [cell for cell in _choice_cells() for _ in range(3)]
    scenarios = []
    for n, (cell, gender, order, platform) in enumerate(
        zip(cells, cycle(("female", "male")), cycle(("abc", "bac", "acb")), cycle(("facebook", "instagram", "xing")), strict=False)
    ):
        actions = list(decide(cell).grades)
        best = decide(cell).best[0]
        others = iter([action for action in actions if action != best and action not in decide(cell).best])
        options = tuple(msgspec.structs.replace(BASE.option(letter), action=best if letter == "b" else next(others)) for letter in order)
        scenarios.append(msgspec.structs.replace(made(f"s{n}", facts=cell, gender=gender, platform=platform), options=options))
    return scenarios


def test_sixteen_situations_have_a_choice():
    assert len(_choice_cells()) == 16


@pytest.mark.parametrize(("count", "found"), [(0, 1), (2, 1), (3, 0), (4, 0)])
def test_a_situation_needs_three_scenarios(count: int, found: int):
    cell = request("boss")
    cells = [entry for entry in _choice_cells() if entry != cell for _ in range(3)] + [cell] * count
    warned = list(thin_cells([made(f"s{n}", facts=entry) for n, entry in enumerate(cells)]))
    expected = FairnessWarning("", "thin_cell", (), {"cell": str(cell), "count": str(count), "least": "3"})
    assert warned == [expected] * found


def test_situations_without_a_choice_are_not_asked_for():
    named = {warned.values["cell"] for warned in thin_cells([made(f"s{n}") for n in range(20)])}
    assert named == {str(cell) for cell in _choice_cells()} - {str(BASE.facts)}


@pytest.mark.parametrize("check", [check for check in WHOLE if check is not limited_too_often], ids=lambda check: check.__name__)
def test_a_bank_of_nineteen_is_not_judged_as_a_whole(check: Check):
    scenarios = [made(f"s{n}") for n in range(20)]
    assert list(check(scenarios[:19])) == []
    assert list(check(scenarios)) != []


@pytest.mark.parametrize(
    ("clients", "colleagues", "bosses", "names"),
    [
        (10, 6, 4, []),
        (4, 10, 6, []),
        (11, 5, 4, ["client"]),
        (9, 8, 3, ["boss"]),
        (10, 10, 0, ["boss"]),
        (3, 6, 11, ["boss", "client"]),
        (50, 30, 20, []),
        (51, 30, 19, ["boss", "client"]),
    ],
)
def test_each_relation_takes_a_fifth_to_a_half(clients: int, colleagues: int, bosses: int, names: list[str]):
    counts = {"client": clients, "colleague": colleagues, "boss": bosses}
    total = sum(counts.values())
    scenarios = [made(f"{name}-{n}", facts=request(name)) for name, count in counts.items() for n in range(count)]
    assert list(lopsided_relation(scenarios)) == [
        FairnessWarning(
            "", "lopsided_relation", (), {"name": name, "count": str(counts[name]), "total": str(total), "least": "20%", "most": "50%"}
        )
        for name in names
    ]


def people(relation: str, **counts: int) -> list[Scenario]:
    return [
        made(f"{relation}-{gender}-{n}", facts=request(relation), gender=gender) for gender, count in counts.items() for n in range(count)
    ]


@pytest.mark.parametrize(
    ("women", "men", "names"),
    [(10, 10, []), (13, 7, []), (7, 13, []), (14, 6, ["female", "male"]), (6, 14, ["female", "male"]), (20, 0, ["female", "male"])],
)
def test_women_and_men_take_35_to_65_percent(women: int, men: int, names: list[str]):
    half = [people("client", female=women // 2, male=men - men // 2), people("boss", female=women - women // 2, male=men // 2)]
    warned = list(lopsided_gender(half[0] + half[1]))
    assert [entry.values["name"] for entry in warned] == names  # neither role has twenty people of its own
    for entry in warned:
        count = {"female": women, "male": men}[entry.values["name"]]
        values = {"name": entry.values["name"], "count": str(count), "total": "20", "least": "35%", "most": "65%"}
        assert entry == FairnessWarning("", "lopsided_gender", (), values)


@pytest.mark.parametrize("role", ["client", "colleague", "boss"])
@pytest.mark.parametrize(("women", "names"), [(13, []), (14, ["female", "male"])])
def test_each_role_has_women_and_men(role: str, women: int, names: list[str]):
    scenarios = people(role, female=women, male=20 - women)
    for another in {"client", "colleague", "boss"} - {role}:
        scenarios += people(another, female=10, male=10)
    assert [entry.values["name"] for entry in lopsided_gender(scenarios)] == [f"{name} {role}" for name in names]


def test_people_who_are_neither_are_not_counted():
    assert list(lopsided_gender(people("client", female=19, diverse=40))) == []
    (female, male, *_) = lopsided_gender(people("client", female=14, male=6, diverse=40))
    assert (female.values["total"], male.values["count"]) == ("20", "6")


@pytest.mark.parametrize(("most", "found"), [(10, 0), (11, 1), (20, 1)])
def test_a_platform_takes_up_to_a_half(most: int, found: int):
    platforms = ["facebook"] * most + list(islice(cycle(("xing", "linkedin", "instagram")), 20 - most))
    warned = list(lopsided_platform([made(f"s{n}", platform=platform) for n, platform in enumerate(platforms)]))
    values = {"name": "facebook", "count": str(most), "total": "20", "least": "0%", "most": "50%"}
    assert warned == [FairnessWarning("", "lopsided_platform", (), values)] * found


@pytest.mark.parametrize("total", range(20, 401, 20))
def test_a_share_exactly_at_its_threshold_is_never_warned_of(total: int):
    women = total * 35 // 100
    relations = ["client"] * (total // 2) + ["colleague"] * (total * 3 // 10) + ["boss"] * (total // 5)
    scenarios = [
        made(f"s{n}", facts=request(relation), gender="female" if n < women else "male", platform="facebook" if n % 2 else "xing")
        for n, relation in enumerate(relations)
    ]
    assert list(lopsided_relation(scenarios)) + list(lopsided_platform(scenarios)) == []
    assert [entry for entry in lopsided_gender(scenarios) if " " not in entry.values["name"]] == []
    orders = ["bac"] * (total * 45 // 100) + ["abc"] * (total * 45 // 100) + ["acb"] * (total // 10)
    assert kinds_of(best_position, *(made(f"s{n}", order=order) for n, order in enumerate(orders))) == []


def test_a_whole_bank_named_from_here_has_a_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "below").mkdir()
    written(tmp_path, HEAD + "".join(scenario(f"s{n}") for n in range(20)), "a.toml")
    written(tmp_path / "below", HEAD + other(), "b.toml")
    monkeypatch.chdir(tmp_path)
    bank = read_bank([read_toml(Path("a.toml")), read_toml(Path("below/b.toml"))])
    assert {finding.file for finding in bank.findings if finding.kind == "lopsided_platform"} == {"."}


@pytest.mark.parametrize(("limited", "total", "found"), [(1, 3, 0), (2, 3, 1), (2, 2, 0), (4, 12, 0), (5, 12, 1)])
def test_letting_in_half_is_offered_in_one_of_three_where_nothing_is_to_be_hidden(limited: int, total: int, found: int):
    open_one = made(facts=Facts(event="friend_request", relation="boss", network="private", wanted=True, sensitive=False))
    half = (msgspec.structs.replace(open_one.options[0], action="accept_limited"), *open_one.options[1:])
    scenarios = [
        msgspec.structs.replace(open_one, id=f"s{number}", options=half if number < limited else open_one.options)
        for number in range(total)
    ]
    assert kinds_of(limited_too_often, *scenarios) == ["limited_too_often"] * found
