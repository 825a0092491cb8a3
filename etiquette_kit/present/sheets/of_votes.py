"""The sheet with the votes of a room, as they were shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import percent
from etiquette_kit.locale.templates import template
from etiquette_kit.present.sheets.situation import printed
from etiquette_kit.rules.passages import attributed
from etiquette_kit.workshop.round import Hands, Round


def vote_sheet(rounds: Sequence[Round], lang: str) -> str:
    """Return the votes of each situation whose answer was shown: how many chose each reaction, before and after the discussion.

    Parameters
    ----------
    rounds : sequence of Round
        The situations, with the votes that are shown; one whose answer was not shown is left out.
    lang : str
        The language.

    Returns
    -------
    str
        A complete HTML page.
    """
    words = catalog(lang)
    return template(__package__, "votes.html.j2").render(
        words=words,
        situations=[_counted(entry, lang, words) for entry in rounds if entry.phase == "reveal"],
        source=attributed(words, "end.source"),
    )


def _counted(entry: Round, lang: str, words: Catalog) -> dict[str, Any]:
    situation = printed(entry, lang, None)
    shown = {"first": entry.first, "second": entry.second}
    for name, option in zip(entry.exercise.order, situation["options"], strict=False):
        option["votes"] = [_figure(votes, name, words) for votes in shown.values()]
    situation["totals"] = ["" if votes is None else str(votes.total) for votes in shown.values()]
    return situation


def _figure(votes: Hands | None, option: str, words: Catalog) -> str:
    if votes is None:
        return words("room.not_shown")
    return plural(words, "room.votes", votes.counts[option], share=percent(votes.share(option), words))
