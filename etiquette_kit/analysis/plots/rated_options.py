"""A plot of a trial: for each reaction the key, and how many readers chose each of the four words."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure

from etiquette_kit.analysis.plots.plot import BLUE, VERMILLION, Plot, axes_of, fix_layout
from etiquette_kit.analysis.trial.results import RatedOption, TrialResult
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog

_LETTERS = "ABCDEFGH"
_AREA = 90.0  # of a circle for one reader, in square points


def rated_options(result: TrialResult, lang: str = DEFAULT_LANGUAGE) -> Plot:
    """Draw, for each reaction, a circle at every word that readers chose, with their number in it, and a diamond at the key.

    Parameters
    ----------
    result : TrialResult
        What readers of one language said.
    lang : str
        The language of the texts around the titles.
    """
    words = catalog(lang)
    rows = [
        (words("trial_plot.label", title=found.scenario.title(result.lang), option=_LETTERS[place]), option)
        for found in result.situations
        for place, option in enumerate(found.options)
    ]
    figure = Figure(figsize=(9, 1.8 + 0.42 * len(rows)), layout="constrained")
    axes = axes_of(figure)
    for place, (_, option) in enumerate(rows):
        for grade, count in option.counts.items():
            if count:
                axes.scatter(grade, place, s=_AREA * (1 + count), color=BLUE, alpha=0.25, linewidths=0)
                axes.annotate(str(count), (grade, place), ha="center", va="center", fontsize=8)
        axes.plot(option.key, place, "D", color=VERMILLION, markerfacecolor="none", markeredgewidth=1.6, markersize=15)
    axes.plot([], [], "o", color=BLUE, alpha=0.4, label=words("trial_plot.reader"))
    axes.plot([], [], "D", color=VERMILLION, markerfacecolor="none", markeredgewidth=1.6, label=words("trial_plot.key"))
    axes.set_yticks(range(len(rows)), [label for label, _ in rows])
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(0.5, 4.5)
    axes.set_xticks([1, 2, 3, 4], [words(f"grades.{grade}") for grade in (1, 2, 3, 4)])
    axes.set_xlabel(words("trial_plot.x"))
    figure.suptitle(words("trial_plot.title"), x=0.01, ha="left")
    figure.legend(loc="outside lower right", ncols=2, frameon=False)
    fix_layout(figure)
    return Plot(figure, words("trial_plot.alt", rows=_rows_text(rows, words)))


def _rows_text(rows: Sequence[tuple[str, RatedOption]], words: Catalog) -> str:
    return " ".join(
        words("trial_plot.row", label=label, key=words(f"grades.{option.key}"), given=_given(option, words)) for label, option in rows
    )


def _given(option: RatedOption, words: Catalog) -> str:
    given = [words("trial_mend.given_one", count=count, value=words(f"grades.{grade}")) for grade, count in option.counts.items() if count]
    return ", ".join(given) or words("numbers.none")
