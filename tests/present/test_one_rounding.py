"""A share is told in the same words wherever it stands: in a report and its plots, on the workshop's page, in a room's report."""

from __future__ import annotations

import re

import pytest
from etiquette_kit.analysis.cohort_report import Area, CohortReport, OptionShare, SituationResult
from etiquette_kit.analysis.plots import option_shares
from etiquette_kit.analysis.statistics.flags import flag_reason
from etiquette_kit.live.results import Outcome
from etiquette_kit.locale import catalog
from etiquette_kit.locale.numbers import percent
from etiquette_kit.present.room_results import as_lines
from etiquette_kit.present.workshop_pages import round_page
from etiquette_kit.workshop import Round, Run
from workshop_examples import round_of

HALVES = [(57, 200, 29), (29, 200, 15), (5, 8, 63), (1, 200, 1)]
"""Half a per cent more than a whole one; as binary fractions, the first two are a little less."""


def _report(share: float, lang: str) -> CohortReport:
    choice = OptionShare("a", "A label", share, share, 57)
    situation = SituationResult("s", "c", "A title", share, share, (choice,), 200, "?")
    area = Area("client", "Clients", share, 200)
    return CohortReport(
        lang=lang,
        persons=200,
        answers=200,
        unknown=0,
        fewest=5,
        by_relation=(area,),
        by_theme=(),
        gains=(),
        divisive=(situation,),
        to_discuss=(),
        withheld=0,
    )


def _on_the_workshop_s_page(count: int, total: int, lang: str) -> str:
    entry: Round = round_of()
    run = Run([entry.exercise])
    first, second, *_ = entry.exercise.order
    run.count({first: count, second: total - count})
    run.go("reveal")
    revealed = round_page(run, lang).revealed
    assert revealed is not None
    return revealed.votes[first][0].text


def _percentages(text: str, sign: str) -> set[str]:
    return set(re.findall(rf"\d+{sign}", text))


@pytest.mark.parametrize(("lang", "sign"), [("de", "\N{NO-BREAK SPACE}%"), ("en", "%")])
@pytest.mark.parametrize(("count", "total", "told"), HALVES)
def test_a_share_is_the_same_percentage_everywhere(count: int, total: int, told: int, lang: str, sign: str):
    share, words = count / total, catalog(lang)
    report = _report(share, lang)
    outcome = Outcome("s", "c", total, total, None, None, share, share, share)
    texts = {
        "page": percent(share, words),
        "report": str(report),
        "plot": option_shares(report.divisive[0], lang).alt,
        "flag": flag_reason("option_unused", lang, option="A", share=share, n=total),
        "workshop": _on_the_workshop_s_page(count, total, lang),
        "room": "\n".join(as_lines([outcome], {"s": "A title"}, words)),
    }
    assert {name: _percentages(text, sign) for name, text in texts.items()} == {name: {f"{told}{sign}"} for name in texts}
