"""A figure with its alternative text."""

from __future__ import annotations

import base64
import html
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

BLUE, ORANGE, GREEN, VERMILLION, PURPLE, SKY = "#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"
"""Colours that can be distinguished with any kind of colour vision (Okabe & Ito, 2008); a marker or a hatching always shows the same."""

GREY = "#5F5F5F"

_SCROLLS = "overflow-x: auto; max-width: calc(100vw - 3rem)"
_SIZE = "min-width: 36rem; max-width: 100%; height: auto"


@dataclass(frozen=True)
class Plot:
    """A figure with its alternative text; a notebook shows both.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The figure, which can be saved or changed; it is independent of pyplot.
    alt : str
        The alternative text.
    """

    figure: Figure
    alt: str

    def svg(self) -> str:
        """Return the figure as reproducible SVG."""
        written = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": "etiquette", "svg.fonttype": "path"}), _boxes():
            self.figure.savefig(written, format="svg", metadata={"Date": None})
        return written.getvalue()

    def html(self) -> str:
        """Return an image element with the figure and its alternative text; on a narrow screen it scrolls separately."""
        data = base64.b64encode(self.svg().encode()).decode()
        image = f'<img alt="{html.escape(self.alt)}" src="data:image/svg+xml;base64,{data}" style="{_SIZE}">'
        return f'<div tabindex="0" style="{_SCROLLS}">{image}</div>'

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Return a widget that shows the figure with its text, and the text alone, which does not depend on matplotlib's version."""
        from ipywidgets import HTML

        bundle: dict[str, Any] = HTML(self.html())._repr_mimebundle_()
        return {**bundle, "text/plain": self.alt}


@contextmanager
def _boxes() -> Iterator[None]:
    """Suppress warnings about characters that the font lacks, such as emoji; they are drawn as boxes."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def fix_layout(figure: Figure) -> None:
    """Compute the layout of a figure once, so that each rendering is the same; dollar signs do not start formulas."""
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    with _boxes():
        figure.draw_without_rendering()
    figure.set_layout_engine("none")


def axes_of(figure: Figure) -> Axes:
    """Return a figure's only axes in a plain style: no box, thin grid lines in the background."""
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    return axes
