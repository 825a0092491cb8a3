"""A plot of changes: two markers on a line for the total and for each relation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from etiquette_kit.analysis.plots.plot import BLUE, GREY, ORANGE, Plot, axes_of, fix_layout
from etiquette_kit.analysis.statistics.gain import Gain
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog
from etiquette_kit.locale.numbers import percent


def before_after(gains: Sequence[Gain], lang: str = DEFAULT_LANGUAGE) -> Plot:
    """Draw the mean credit before and after; a note is drawn instead where there are too few people.

    Parameters
    ----------
    gains : sequence of Gain
        From a `CohortReport`; their labels are in the report's language.
    lang : str
        The language of the other texts.
    """
    words = catalog(lang)
    figure = Figure(figsize=(9, 1.5 + 0.62 * len(gains)), layout="constrained")
    axes = axes_of(figure)
    axes.grid(visible=False, axis="y")
    for place, gain in enumerate(gains):
        if gain.before is None or gain.after is None:
            axes.annotate(words("analysis.too_few"), (0.5, place), ha="center", va="center", color=GREY, style="italic")
            continue
        axes.annotate("", (gain.after, place), (gain.before, place), arrowprops={"arrowstyle": "->", "color": GREY, "lw": 1.4})
        axes.plot(gain.before, place, "o", color=ORANGE, markerfacecolor="white", markeredgewidth=2, markersize=10)
        axes.plot(gain.after, place, "D", color=BLUE, markersize=9)
        rises = gain.after >= gain.before
        for value, is_right in ((gain.before, not rises), (gain.after, rises)):
            offset, align = (12, "left") if is_right else (-12, "right")
            axes.annotate(percent(value, words), (value, place), (offset, 0), textcoords="offset points", va="center", ha=align)
    axes.plot([], [], "o", color=ORANGE, markerfacecolor="white", markeredgewidth=2, markersize=10, label=words("analysis.plots.before"))
    axes.plot([], [], "D", color=BLUE, markersize=9, label=words("analysis.plots.after"))
    labels = [words("analysis.plots.change_label", label=gain.label, persons=gain.persons) for gain in gains]
    axes.set_yticks(range(len(gains)), labels)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(len(gains) - 0.5, -0.5)
    axes.set_xlim(-0.06, 1.06)
    axes.set_xticks(np.linspace(0, 1, 6))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, words)))
    axes.set_xlabel(words("analysis.plots.change_x"))
    figure.suptitle(words("analysis.plots.change_title"), x=0.01, ha="left")
    figure.legend(loc="outside lower right", ncols=2, frameon=False)
    fix_layout(figure)
    return Plot(figure, words("analysis.plots.change_alt", rows="; ".join(_row_text(gain, words) for gain in gains)))


def _row_text(gain: Gain, words: Catalog) -> str:
    if gain.before is None or gain.after is None:
        return words("analysis.plots.change_too_few", label=gain.label, persons=gain.persons)
    before, after = percent(gain.before, words), percent(gain.after, words)
    return words("analysis.plots.change_row", label=gain.label, persons=gain.persons, before=before, after=after)
