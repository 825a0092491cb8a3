"""Where the best option stands."""

import msgspec
import pytest
from etiquette_kit.lint.fairness import FairnessWarning
from etiquette_kit.lint.fairness.position import best_position
from fairness_examples import BASE, made


@pytest.mark.parametrize(("orders", "found"), [((9, 6, 5), ""), ((10, 5, 5), "1"), ((5, 10, 5), "2"), ((5, 5, 10), "3")])
def test_a_position_holds_the_best_option_up_to_45_percent(orders: tuple[int, int, int], found: str):
    scenarios = [
        made(f"s{order}-{n}", order=order) for order, count in zip(("bac", "abc", "acb"), orders, strict=True) for n in range(count)
    ]
    expected = FairnessWarning("", "best_position", (), {"position": found, "count": "10", "total": "20"})
    assert list(best_position(scenarios)) == [expected] * bool(found)


def test_every_best_option_of_a_scenario_counts_for_its_position():
    options = tuple(
        msgspec.structs.replace(entry, action=action)
        for entry, action in zip(BASE.options, ("decline_and_redirect", "decline_with_note", "ignore"), strict=True)
    )
    scenarios = [msgspec.structs.replace(BASE, id=f"s{n}", options=options) for n in range(20)]
    assert [warned.values["position"] for warned in best_position(scenarios)] == ["1", "2"]
