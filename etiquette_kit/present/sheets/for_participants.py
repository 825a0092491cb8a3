"""The participants' sheet: what was discussed, with the answers."""

from __future__ import annotations

from collections.abc import Sequence

from etiquette_kit.content.house_rules import House
from etiquette_kit.locale import catalog
from etiquette_kit.locale.templates import template
from etiquette_kit.present.house_notes import general_note
from etiquette_kit.present.sheets.situation import printed, texts
from etiquette_kit.present.sheets.voting import HANDS, Voting
from etiquette_kit.present.take_home import TakeHome
from etiquette_kit.rules import article_table
from etiquette_kit.rules.passages import attributed, cited
from etiquette_kit.workshop.round import Round


def handout(
    rounds: Sequence[Round], lang: str, house: House | None = None, *, voting: Voting = HANDS, take_home: TakeHome | None = None
) -> str:
    """Return the participants' sheet: the situations with every reaction's grade and reason, and the votes where there are figures.

    Parameters
    ----------
    rounds : sequence of Round
        The situations; a round whose answer was not shown is printed without votes.
    lang : str
        The language.
    house : House, optional
        The employer's house rules, printed next to the article's advice.
    voting : Voting
        How the group votes.
    take_home : TakeHome, optional
        Where participants go on practising.

    Returns
    -------
    str
        A complete HTML page.
    """
    words = catalog(lang)
    return template(__package__, "handout.html.j2").render(
        words=words,
        voting=voting,
        house=general_note(house, lang),
        situations=[printed(entry, lang, house) for entry in rounds],
        passages=cited((passage.id for passage in article_table().passages), lang),
        source=attributed(words, "end.source"),
        rules=texts(words, "sheet.rules"),
        take_home=take_home,
    )
