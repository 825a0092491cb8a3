"""The situations that the workshop's notebooks draw: a good mix for an hour and for ninety minutes."""

import json
import re

import pytest
from chosen_situations import BANK
from etiquette_kit.content.shipped import shipped
from etiquette_kit.workshop import PLANS
from etiquette_kit.workshop.situations import situations


def _seed(name: str, lang: str) -> int:
    cells = json.loads((shipped("notebooks") / lang / f"{name}.ipynb").read_bytes())["cells"]
    (found,) = (match for cell in cells if cell["cell_type"] == "code" for match in re.findall(r"seed=(\d+)", "".join(cell["source"])))
    return int(found)


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("name", ["07_workshop", "09_live_workshop"])
@pytest.mark.parametrize("minutes", PLANS)
def test_everybody_occurs_no_rule_comes_twice_and_no_pair_is_put_as_a_whole(name: str, lang: str, minutes: int):
    drawn = [exercise.scenario for exercise in situations(BANK, _seed(name, lang))][: PLANS[minutes].situations]
    assert {scenario.facts.relation for scenario in drawn} == {"client", "colleague", "boss"}
    assert len({scenario.advice.rule for scenario in drawn}) == len(drawn)
    assert not {scenario.id for scenario in drawn} & {scenario.twin for scenario in drawn}
    requests = [scenario for scenario in drawn if scenario.facts.event == "friend_request" and scenario.facts.network == "private"]
    assert len(requests) > len(drawn) / 2
