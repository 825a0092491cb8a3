"""A scatter plot of difficulty and discrimination, with a point for each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from textwrap import shorten
from typing import cast

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter

from etiquette_kit.analysis.plots.plot import BLUE, GREY, ORANGE, PURPLE, SKY, VERMILLION, Plot, axes_of, fix_layout
from etiquette_kit.analysis.statistics.flags import MIN_DISCRIMINATION, TOO_EASY_MEAN
from etiquette_kit.analysis.statistics.frame import Floats
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog, plural
from etiquette_kit.locale.numbers import decimal, percent

_MARKS = {
    "ok": (BLUE, "o"),
    "too_easy": (ORANGE, "^"),
    "does_not_separate": (VERMILLION, "s"),
    "good_choose_wrong": (PURPLE, "D"),
    "option_unused": (SKY, "v"),
}
_MAX_NAMED = 12  # maximum number of flagged items that are named next to the plot
_MAX_NAME_LENGTH = 44  # maximum length of a name, in characters
_PLACES = [(1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1)]
_DISTANCE = 11  # distance of a number from its point, in typographic points
_NUMBER_SIZE = 10  # size of a number, in typographic points


def item_map(items: pd.DataFrame, lang: str = DEFAULT_LANGUAGE, labels: Mapping[str, str] | None = None) -> Plot:
    """Draw the difficulty and the discrimination of each item.

    Colour and marker show the first flag of an item; the twelve flagged items with the lowest discrimination are numbered and named.

    Parameters
    ----------
    items : pandas.DataFrame
        As from `item_statistics` or `answer_statistics`.
    lang : str
        The language of the texts.
    labels : mapping of str to str, optional
        Item to its label, for example its title.
    """
    words = catalog(lang)
    known = items[items["upper_lower"].notna()]
    marks = [flags[0] if flags else "ok" for flags in known["flags"].tolist()]
    points = known[["mean", "upper_lower"]].to_numpy(dtype=np.float64)
    order = np.argsort(points[:, 1], kind="stable")
    named = [int(at) for at in order if marks[at] != "ok"][:_MAX_NAMED]
    names = [str(name) for name in known.index.tolist()]
    shown = [(labels or {}).get(names[at], names[at]) for at in named]
    more = sum(mark != "ok" for mark in marks) - len(named)
    figure = Figure(figsize=(9, 5.2), layout="constrained")
    axes = axes_of(figure)
    _draw(axes, points, marks, words)
    _legend(axes, marks, [shorten(name, _MAX_NAME_LENGTH, placeholder=" …") for name in shown], more, words)
    fix_layout(figure)
    _number(axes, points, named)
    return Plot(figure, _alt(points, [marks[at] for at in named], shown, more, words))


def _draw(axes: Axes, points: Floats, marks: Sequence[str], words: Catalog) -> None:
    for mark, (colour, marker) in _MARKS.items():
        own = points[[at for at, found in enumerate(marks) if found == mark]]
        axes.scatter(own[:, 0], own[:, 1], s=46, c=colour, marker=marker, edgecolors="white", linewidths=0.6, zorder=3)
    axes.axvline(TOO_EASY_MEAN, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))
    axes.axhline(MIN_DISCRIMINATION, color=GREY, linewidth=0.9, linestyle=(0, (4, 3)))
    lowest, highest = min(-0.05, float(points[:, 1].min(initial=0)) - 0.08), max(0.6, float(points[:, 1].max(initial=0)) + 0.08)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(lowest, highest)
    axes.set_xticks(np.linspace(0, 1, 6))
    axes.set_yticks(np.arange(np.ceil(lowest * 5), np.floor(highest * 5) + 1) / 5)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: percent(value, words)))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: decimal(value, words, 1)))
    axes.set_xlabel(words("analysis.plots.map_x"))
    axes.set_ylabel(words("analysis.plots.map_y"))
    axes.set_title(words("analysis.plots.map_title"), loc="left")


def _number(axes: Axes, points: Floats, named: Sequence[int]) -> None:
    """Write each number next to its point, at the position where it covers the fewest points and other numbers."""
    scale = 72 / axes.figure.dpi
    taken = [tuple(place) for place in axes.transData.transform(points) * scale]
    for number, at in enumerate(named, start=1):
        x, y = taken[at]
        places = [(x + _DISTANCE * across, y + _DISTANCE * up) for across, up in _PLACES]
        crowds = [sum(max(abs(px - tx), abs(py - ty)) < _NUMBER_SIZE for tx, ty in taken) for px, py in places]
        chosen = int(np.argmin(crowds))
        across, up = _PLACES[chosen]
        taken.append(places[chosen])
        point = cast("tuple[float, float]", tuple(points[at]))
        offset = (_DISTANCE * across, _DISTANCE * up)
        axes.annotate(str(number), point, offset, textcoords="offset points", ha="center", va="center", fontsize=8.5)


def _legend(axes: Axes, marks: Sequence[str], names: Sequence[str], more: int, words: Catalog) -> None:
    entries = [
        Line2D([], [], linestyle="", marker=marker, color=colour, markersize=7, label=words(f"analysis.plots.{mark}"))
        for mark, (colour, marker) in _MARKS.items()
        if mark in marks
    ]
    entries += [Line2D([], [], linestyle="", label=f"{number}  {name}") for number, name in enumerate(names, start=1)]
    if more:
        entries.append(Line2D([], [], linestyle="", label=f"    {plural(words, 'analysis.plots.map_more', more)}"))
    if entries:
        axes.legend(handles=entries, loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, fontsize=8.5, handlelength=1)


def _alt(points: Floats, marks: Sequence[str], names: Sequence[str], more: int, words: Catalog) -> str:
    mean, split = (float(value) for value in points.mean(axis=0)) if len(points) else (float("nan"), float("nan"))
    summary = plural(words, "analysis.plots.map_alt", len(points), mean=percent(mean, words), split=decimal(split, words))
    if not names:
        return f"{summary} {words('analysis.plots.map_alt_clear')}"
    items = [
        words("analysis.plots.map_item", number=number, item=name, flag=words(f"analysis.plots.{mark}"))
        for number, (mark, name) in enumerate(zip(marks, names, strict=True), start=1)
    ]
    if more:
        items.append(plural(words, "analysis.plots.map_more", more))
    return f"{summary} {words('analysis.plots.map_alt_flagged', items='; '.join(items))}"
