"""The lessons of the course as the site shows them: prose, cards with their parameters, and tables and pictures of a notebook."""

from __future__ import annotations

import ast
import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from etiquette_kit.content.shipped import shipped
from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.tables import plain_table

START = "00_start"
"""The lesson that is the site's first page."""

LEFT_OUT = frozenset({"08_results", "09_live_workshop", "14_write", "15_trial"})
"""Lessons that need a store of a group's answers, a server, a folder, or files of readers' answers."""

CARDS = frozenset({"Quiz", "Advisor", "SituationChooser", "Workshop"})
"""What can run on a page."""


@dataclass(frozen=True)
class Prose:
    """A cell of text, in Markdown."""

    text: str


@dataclass(frozen=True)
class CardReference:
    """A parameter that is another card of the page, by its name."""

    card: str


@dataclass(frozen=True)
class PlacedCard:
    """A card, with what it is called with; a notebook that assigns it to a variable gives it a name."""

    kind: str
    parameters: Mapping[str, Any]
    name: str = ""


@dataclass(frozen=True)
class Output:
    """A table as HTML, or a picture as the address of its data, as it stands in the notebook; ``text`` says the same in words."""

    kind: Literal["table", "picture"]
    content: str
    text: str


@dataclass(frozen=True)
class Lesson:
    """A notebook as a page.

    Attributes
    ----------
    name : str
        The file's name without its ending.
    lang : str
        The language.
    title : str
        What it is called on the page.
    cells : sequence of Prose, PlacedCard or Output
        What stands on it, in order.
    """

    name: str
    lang: str
    title: str
    cells: Sequence[Prose | PlacedCard | Output]


def lessons(lang: str) -> list[Lesson]:
    """Return the lessons of a language that the site has, in order.

    Raises
    ------
    SiteError
        When a notebook has a cell that cannot stand on a page.
    """
    paths = sorted((shipped("notebooks") / lang).glob("*.ipynb"))
    return [read_lesson(path, lang) for path in paths if path.stem not in LEFT_OUT]


def read_lesson(path: Path, lang: str) -> Lesson:
    """Read a notebook.

    Raises
    ------
    SiteError
        When it has a cell that cannot stand on a page.
    """
    notebook = json.loads(path.read_bytes())
    name = f"{lang}/{path.name}"
    return Lesson(path.stem, lang, notebook["metadata"]["etiquette"]["title"], list(_cells(notebook["cells"], name)))


def _cells(cells: Sequence[Mapping[str, Any]], notebook: str) -> Iterator[Prose | PlacedCard | Output]:
    values: dict[str, Any] = {}
    for number, cell in enumerate(cells, start=1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield Prose(source)
            continue
        card = _card(source, values, f"{notebook}, {number}")
        if card is not None:
            yield card
            continue
        for output in cell["outputs"]:
            shown = _output(output)
            if shown is None:
                raise SiteError("no_page", cell=f"{notebook}, {number}", reason=output["output_type"])
            yield shown


def _card(source: str, values: dict[str, Any], cell: str) -> PlacedCard | None:
    """Return the card that a cell ends with, if any; what it assigns is noted."""
    statements = ast.parse(source).body
    for statement in statements:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
            name = statement.targets[0].id
            try:
                values[name] = _called(statement.value, values, cell, name) or ast.literal_eval(statement.value)
            except ValueError:
                continue  # only what a card is called with must be known
    last = statements[-1] if statements else None
    if not isinstance(last, ast.Expr):
        return None
    if isinstance(last.value, ast.Name) and isinstance(values.get(last.value.id), PlacedCard):
        return cast("PlacedCard", values[last.value.id])
    return _called(last.value, values, cell)


def _called(node: ast.expr, values: Mapping[str, Any], cell: str, variable: str = "") -> PlacedCard | None:
    """Return the card that a call makes; None where it is no such call."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CARDS):
        return None
    if node.args or any(keyword.arg is None for keyword in node.keywords):
        raise SiteError("no_page", cell=cell, reason=ast.unparse(node))
    parameters = {cast("str", keyword.arg): _value(keyword.value, values, cell) for keyword in node.keywords}
    return PlacedCard(node.func.id, parameters, f"{node.func.id}-{variable}" if variable else "")


def _value(node: ast.expr, values: Mapping[str, Any], cell: str) -> object:
    if isinstance(node, ast.Name) and node.id in values:
        value = values[node.id]
        return CardReference(value.name) if isinstance(value, PlacedCard) else value
    try:
        return ast.literal_eval(node)
    except ValueError:
        raise SiteError("no_page", cell=cell, reason=ast.unparse(node)) from None


def _output(output: Mapping[str, Any]) -> Output | None:
    data = {kind: "".join(content) for kind, content in output.get("data", {}).items() if isinstance(content, str | list)}
    text = data.get("text/plain", "")
    if svg := data.get("image/svg+xml"):
        return Output("picture", f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}", text)
    if png := data.get("image/png"):
        return Output("picture", f"data:image/png;base64,{''.join(png.split())}", text)
    table = plain_table(data.get("text/html", ""))
    return Output("table", table, text) if table else None
