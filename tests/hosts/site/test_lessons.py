"""From a notebook to what stands on a page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from etiquette_kit.content.shipped import shipped
from etiquette_kit.hosts.site.errors import SiteError
from etiquette_kit.hosts.site.lessons import LEFT_OUT, CardReference, Output, PlacedCard, Prose, lessons, read_lesson
from etiquette_kit.hosts.site.tables import plain_table
from etiquette_kit.locale import languages


def _code(source: str, *outputs: dict[str, Any]) -> dict[str, Any]:
    return {"cell_type": "code", "source": source, "outputs": list(outputs)}


def _read(folder: Path, *cells: dict[str, Any]) -> list[Any]:
    path = folder / "05_any.ipynb"
    path.write_text(json.dumps({"metadata": {"etiquette": {"title": "Any"}}, "cells": cells}), encoding="utf-8")
    lesson = read_lesson(path, "en")
    assert (lesson.name, lesson.lang, lesson.title) == ("05_any", "en", "Any")
    return list(lesson.cells)


def test_prose_and_cards_with_their_parameters(tmp_path: Path):
    cells = _read(
        tmp_path,
        {"cell_type": "markdown", "source": ["# A\n", "b"]},
        _code('from etiquette_kit import Quiz\n\nlang = "en"\nQuiz(lang=lang, event="message", seed=3)'),
        _code('Workshop(lang=lang, scenarios=["a", "b"])'),
    )
    assert cells == [
        Prose("# A\nb"),
        PlacedCard("Quiz", {"lang": "en", "event": "message", "seed": 3}),
        PlacedCard("Workshop", {"lang": "en", "scenarios": ["a", "b"]}),
    ]


def test_a_card_that_is_assigned_stands_where_its_name_does_and_another_card_can_be_given_it(tmp_path: Path):
    cells = _read(
        tmp_path,
        _code('lang = "en"\nchooser = SituationChooser(lang=lang, folded=True)\nchooser'),
        _code("Workshop(lang=lang, scenarios=chooser)"),
    )
    assert cells == [
        PlacedCard("SituationChooser", {"lang": "en", "folded": True}, "SituationChooser-chooser"),
        PlacedCard("Workshop", {"lang": "en", "scenarios": CardReference("SituationChooser-chooser")}),
    ]


@pytest.mark.parametrize("source", ["Quiz('de')", "Quiz(**given)", "Quiz(bank=load_bank())", "Quiz(lang=unknown)"])
def test_a_card_whose_parameters_are_not_known_is_named_with_its_cell(tmp_path: Path, source: str):
    with pytest.raises(SiteError) as raised:
        _read(tmp_path, {"cell_type": "markdown", "source": "a"}, _code(source))
    assert raised.value.kind == "no_page"
    assert raised.value.values["cell"] == "en/05_any.ipynb, 2"


def test_what_only_a_kernel_can_show_is_refused(tmp_path: Path):
    widget = {"output_type": "execute_result", "data": {"application/vnd.jupyter.widget-view+json": {}, "text/plain": "LiveRoom()"}}
    with pytest.raises(SiteError, match="no_page"):
        _read(tmp_path, _code("LiveRoom(lang='en')", widget))


def test_tables_and_pictures_stand_as_they_are_and_imports_leave_nothing(tmp_path: Path):
    table = {"output_type": "execute_result", "data": {"text/html": ["<table><tr><td>", "1</td></tr></table>"], "text/plain": "1"}}
    picture = {"output_type": "display_data", "data": {"image/png": "QUJD\n", "text/plain": "a picture"}}
    assert _read(tmp_path, _code("import json"), _code("anything()", table, picture)) == [
        Output("table", "<table><tr><td>1</td></tr></table>", "1"),
        Output("picture", "data:image/png;base64,QUJD", "a picture"),
    ]


def test_a_table_loses_styles_and_attributes_and_its_heads_say_what_they_are_heads_of():
    html = (
        "<div><style scoped>.a { color: red }</style><table border='1' class='dataframe'><thead><tr style='text-align: right'>"
        "<th>A &amp; B</th></tr></thead><tbody><tr><th onclick='x()'>R1</th><td>&lt;b&gt;</td></tr></tbody></table></div>"
    )
    assert plain_table(html) == (
        '<table><thead><tr><th scope="col">A &amp; B</th></tr></thead>'
        '<tbody><tr><th scope="row">R1</th><td>&lt;b&gt;</td></tr></tbody></table>'
    )


@pytest.mark.parametrize("lang", languages())
def test_the_course_has_all_lessons_but_those_that_need_a_server(lang: str):
    found = lessons(lang)
    assert {lesson.name for lesson in found} | LEFT_OUT == {path.stem for path in (shipped("notebooks") / lang).glob("*.ipynb")}
    kinds = {cell.kind for lesson in found for cell in lesson.cells if isinstance(cell, PlacedCard)}
    assert kinds == {"Quiz", "Advisor", "SituationChooser", "Workshop"}
    assert all(cell.parameters["lang"] == lang for lesson in found for cell in lesson.cells if isinstance(cell, PlacedCard))
