"""A bar chart of the options that a group chose."""

from __future__ import annotations

from textwrap import fill

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from etiquette_kit.analysis.cohort_report import OptionShare, SituationResult
from etiquette_kit.analysis.plots.plot import BLUE, GREY, ORANGE, SKY, VERMILLION, Plot, axes_of, fix_layout
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog
from etiquette_kit.locale.numbers import percent

_STYLES = ((0.99, BLUE, ""), (0.6, SKY, "//"), (0.3, ORANGE, ".."), (0.0, VERMILLION, "xx"))
"""The minimum credit for each colour and hatching of a bar."""

_LINE_LENGTH = 46  # characters per line of a label


def option_shares(situation: SituationResult, lang: str = DEFAULT_LANGUAGE) -> Plot:
    """Draw how many chose each option of a scenario, the most frequent on top.

    Colour and hatching show the credit of an option; where nothing is scored, all bars are grey.

    Parameters
    ----------
    situation : SituationResult
        From the lists of a `CohortReport`; its texts are in the report's language.
    lang : str
        The language of the other texts.
    """
    words = catalog(lang)
    labels = [fill(choice.text(lang), _LINE_LENGTH) for choice in situation.choices]
    lines = sum(label.count("\n") + 1 for label in labels)
    figure = Figure(figsize=(9, 1.4 + 0.2 * lines + 0.18 * len(labels)), layout="constrained")
    axes = axes_of(figure)
    axes.grid(visible=False, axis="y")
    for place, choice in enumerate(situation.choices):
        colour, hatch = _style(choice.credit)
        axes.barh(place, choice.share, color=colour, hatch=hatch, edgecolor="white", height=0.62)
        axes.annotate(percent(choice.share, words), (choice.share, place), (5, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(labels)), labels, fontsize=8.5)
    axes.tick_params(axis="y", length=0)
    axes.invert_yaxis()
    widest = max(choice.share for choice in situation.choices) * 1.12
    axes.set_xlim(0, widest)
    axes.set_xticks(np.arange(0, widest, 0.2 if widest > 0.6 else 0.1))  # noqa: PLR2004  as many ticks as there is space for
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, words)))
    axes.set_xlabel(words("analysis.plots.shares_x", persons=situation.persons))
    figure.suptitle(situation.title, x=0.01, ha="left")
    earned = sorted({choice.credit for choice in situation.choices if choice.credit is not None}, reverse=True)
    entries = [
        Patch(facecolor=colour, hatch=hatch, edgecolor="white", label=words("analysis.plots.credit", credit=percent(credit, words)))
        for credit in earned
        for colour, hatch in [_style(credit)]
    ]
    if entries:
        figure.legend(handles=entries, loc="outside lower right", ncols=len(entries), frameon=False, fontsize=8.5)
    choices = [_choice_alt(choice, words) for choice in situation.choices]
    alt = words("analysis.plots.shares_alt", title=situation.title, persons=situation.persons, choices="; ".join(choices))
    fix_layout(figure)
    return Plot(figure, alt)


def _choice_alt(choice: OptionShare, words: Catalog) -> str:
    values: dict[str, object] = {"share": percent(choice.share, words), "label": choice.text(words.lang)}
    if choice.credit is None:
        return words("analysis.plots.shares_choice_not_scored", **values)
    return words("analysis.plots.shares_choice", credit=percent(choice.credit, words), **values)


def _style(credit: float | None) -> tuple[str, str]:
    if credit is None:
        return GREY, ""
    return next((colour, hatch) for minimum, colour, hatch in _STYLES if credit >= minimum)
