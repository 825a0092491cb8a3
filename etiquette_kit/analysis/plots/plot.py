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
"""Colours that remain different with any kind of colour vision (Okabe & Ito, 2008); a marker or a hatching always tells the same."""

GREY = "#5F5F5F"

_SCROLLS = "overflow-x: auto; max-width: calc(100vw - 3rem)"
_SIZE = "min-width: 36rem; max-width: 100%; height: auto"


@dataclass(frozen=True)
class Plot:
    """A figure with its words; a notebook shows it with them.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        To be saved or changed; no window and no state of pyplot belongs to it.
    alt : str
        What the figure shows, for those who do not see it.
    """

    figure: Figure
    alt: str

    def svg(self) -> str:
        """Return the figure as SVG, the same for the same figure."""
        written = io.StringIO()
        with mpl.rc_context({"svg.hashsalt": "etiquette", "svg.fonttype": "path"}), _boxes():
            self.figure.savefig(written, format="svg", metadata={"Date": None})
        return written.getvalue()

    def html(self) -> str:
        """Return an image element that holds the figure and its alternative text; on a narrow screen it scrolls by itself."""
        data = base64.b64encode(self.svg().encode()).decode()
        image = f'<img alt="{html.escape(self.alt)}" src="data:image/svg+xml;base64,{data}" style="{_SIZE}">'
        return f'<div tabindex="0" style="{_SCROLLS}">{image}</div>'

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Return a widget that shows the figure with its text, and the text alone, which no version of matplotlib changes."""
        from ipywidgets import HTML

        bundle: dict[str, Any] = HTML(self.html())._repr_mimebundle_()
        return {**bundle, "text/plain": self.alt}


@contextmanager
def _boxes() -> Iterator[None]:
    """Draw a box for what the font lacks, as an emoji, without a warning; the words beside the picture have it."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def fix_layout(figure: Figure) -> None:
    """Lay a figure out and leave it so, so that each drawing of it is the same; a dollar sign in a text begins no formula."""
    for text in figure.findobj(Text):
        text.set_parse_math(False)
    with _boxes():
        figure.draw_without_rendering()
    figure.set_layout_engine("none")


def axes_of(figure: Figure) -> Axes:
    """Return a figure's only axes, plain: no box, thin grid lines behind what is drawn."""
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#DDDDDD", linewidth=0.6)
    axes.set_axisbelow(True)
    return axes
