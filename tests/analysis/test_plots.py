import re
import subprocess
import sys
from dataclasses import replace
from itertools import combinations

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from etiquette_kit import load_bank
from etiquette_kit.analysis import answer_statistics, cohort_report, item_statistics
from etiquette_kit.analysis.plots import Plot, before_after, item_map, option_shares
from etiquette_kit.analysis.plots.item_map import _MARKS
from etiquette_kit.analysis.plots.option_shares import _STYLES
from etiquette_kit.analysis.synthetic import synthetic_answers, synthetic_cohort
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Annotation, Text

BANK = load_bank()
KEYS = {scenario.id: {option: (grade - 1) / 3 for option, grade in scenario.key().items()} for scenario in BANK}


@pytest.fixture(scope="module")
def items() -> pd.DataFrame:
    return answer_statistics(synthetic_answers(BANK, 600), KEYS).items


@pytest.fixture(params=["de", "en"], scope="module")
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def plots(items: pd.DataFrame, lang: str) -> dict[str, Plot]:
    report = cohort_report(synthetic_cohort(BANK, 30), BANK, lang)
    titles = {scenario.id: scenario.text(lang).title for scenario in BANK}
    return {
        "map": item_map(items, lang, titles),
        "shares": option_shares(report.divisive[0], lang),
        "change": before_after(report.gains, lang),
    }


def texts(plot: Plot) -> list[Text]:
    return [text for text in plot.figure.findobj(Text) if isinstance(text, Text) and text.get_text().strip() and text.get_visible()]


@pytest.mark.parametrize("name", ["map", "shares", "change"])
def test_no_text_lies_on_another_or_runs_out_of_the_figure(plots: dict[str, Plot], name: str):
    figure = plots[name].figure
    renderer = FigureCanvasAgg(figure).get_renderer()
    drawn = {text: text.get_window_extent(renderer) for text in texts(plots[name])}
    for text, box in drawn.items():
        assert box.x0 >= -1, text
        assert box.x1 <= figure.bbox.width + 1, text
        assert box.y0 >= -1, text
        assert box.y1 <= figure.bbox.height + 1, text
    overlapping = [
        (a.get_text(), b.get_text()) for a, b in combinations(drawn, 2) if drawn[a].shrunk(0.9, 0.8).overlaps(drawn[b].shrunk(0.9, 0.8))
    ]
    assert overlapping == []


@pytest.mark.parametrize("name", ["map", "shares", "change"])
def test_a_plot_is_an_image_with_its_words(plots: dict[str, Plot], name: str):
    plot = plots[name]
    assert plot.svg() == plot.svg()
    assert "<dc:date>" not in plot.svg()
    element = plot.html()
    image = r'<img alt="[^"<>]+" src="data:image/svg\+xml;base64,[A-Za-z0-9+/=]+" style="[^"]+">'
    assert re.fullmatch(rf'<div tabindex="0" style="overflow-x: auto; [^"]+">{image}</div>', element)
    assert "{" not in plot.alt
    assert plot.alt.endswith(".")
    bundle = plot._repr_mimebundle_()
    assert bundle["text/plain"] == plot.alt
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_alternative_texts_say_what_is_to_be_seen(plots: dict[str, Plot], lang: str):
    report = cohort_report(synthetic_cohort(BANK, 30), BANK, lang)
    assert all(choice.label in plots["shares"].alt for choice in report.divisive[0].choices)
    assert all(gain.label in plots["change"].alt for gain in report.gains)
    assert str(len(BANK)) in plots["map"].alt


def test_flagged_items_are_numbered_and_named(items: pd.DataFrame):
    items = items.assign(flags=[("too_easy",) if place < 14 else () for place in range(len(items))])
    plot = item_map(items, "en")
    numbers = {text.get_text() for text in texts(plot) if isinstance(text, Annotation)}
    flagged = items[items["flags"].astype(bool)].sort_values("upper_lower")
    assert numbers == {str(number) for number in range(1, min(12, len(flagged)) + 1)}
    assert f"1: {flagged.index[0]} (" in plot.alt
    assert f"and {len(flagged) - 12} more" in plot.alt


def test_a_map_without_flags_or_without_figures_is_still_a_map():
    clear = item_statistics(pd.DataFrame({"a": [1, 0, 1, 0], "b": [1, 0, 0, 1]}))
    assert "No situation is flagged" in item_map(clear, "en").alt
    nothing = item_statistics(pd.DataFrame({"a": [1.0]}))
    assert item_map(nothing, "de").alt.startswith("Punktwolke von 0 Situationen")


def test_where_there_are_too_few_the_words_stand_instead_of_marks():
    report = cohort_report(synthetic_cohort(BANK, 3), BANK, "en")
    plot = before_after(report.gains, "en")
    assert sum(text.get_text() == "too few to tell" for text in texts(plot)) == len(report.gains)
    assert plot.alt.count("too few to tell") == len(report.gains)


def test_a_loss_points_back():
    gain = cohort_report(synthetic_cohort(BANK, 30), BANK, "en").gains[0]
    plot = before_after([replace(gain, before=0.8, after=0.5)], "en")
    assert "from 80% to 50%" in plot.alt
    places = {
        text.get_text(): text.get_window_extent().x0
        for text in texts(plot)
        if text.get_text() in ("80%", "50%") and isinstance(text, Annotation)
    }
    assert places["50%"] < places["80%"]


def test_nothing_is_told_by_colour_alone():
    assert len({marker for _, marker in _MARKS.values()}) == len(_MARKS)
    assert len({hatch for _, _, hatch in _STYLES}) == len(_STYLES)
    # Under the three kinds of colour blindness the colours of one plot stay apart (matrices: Machado, Oliveira & Fernandes, 2009).
    kinds = [
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    ]
    for colours in ([colour for colour, _ in _MARKS.values()], [colour for _, colour, _ in _STYLES]):
        for kind in kinds:
            seen = [np.array(kind) @ np.array(mpl.colors.to_rgb(colour)) for colour in colours]
            assert min(float(np.abs(a - b).max()) for a, b in combinations(seen, 2)) > 0.1


def test_drawing_needs_no_display_and_leaves_no_state():
    code = (
        "import sys; from etiquette_kit import load_bank; from etiquette_kit.analysis import cohort_report;"
        "from etiquette_kit.analysis.plots import before_after; from etiquette_kit.analysis.synthetic import synthetic_cohort;"
        "bank = load_bank(); before_after(cohort_report(synthetic_cohort(bank, 12), bank).gains).svg();"
        "print('matplotlib.pyplot' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
