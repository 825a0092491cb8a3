import re
from base64 import b64decode
from pathlib import Path

import pytest
from etiquette_kit import TrialPage
from etiquette_kit.locale import LanguageError
from etiquette_kit.locale.arguments import ArgumentTypeError
from etiquette_kit.workshop.list_file import SituationListError
from trial_examples import IDS, SCENARIOS


def test_it_says_what_is_in_it_and_saves_the_page(tmp_path: Path):
    page = TrialPage(IDS, lang="en")
    assert repr(page).splitlines()[0].endswith("about 11 minutes.")
    assert [line.split()[1] for line in repr(page).splitlines()[1:]] == list(IDS)
    assert page.save(tmp_path / "trial.html").read_text(encoding="utf-8") == page.html()
    assert page.scenarios == SCENARIOS


def test_the_notebook_gets_a_link_that_saves_it_and_its_text_stays_short():
    page = TrialPage(IDS, lang="en")
    bundle = page._repr_mimebundle_()
    assert bundle["text/plain"] == repr(page)
    shown = page.widget_html()
    (data,) = re.findall(r'download="trial\.html" href="data:text/html;base64,([^"]+)"', shown)
    assert b64decode(data).decode() == page.html()
    for scenario in SCENARIOS:
        assert scenario.title("en") in shown


def test_a_text_that_changes_changes_what_is_printed():
    assert repr(TrialPage(IDS, lang="en")).splitlines()[1] != repr(TrialPage(IDS, lang="de")).splitlines()[1]


def test_what_does_not_fit_is_said_in_plain_words():
    with pytest.raises(SituationListError, match="no-such"):
        TrialPage(["no-such-situation"], lang="en")
    with pytest.raises(LanguageError):
        TrialPage(IDS, lang="fr")
    with pytest.raises(ArgumentTypeError, match="scenario"):
        TrialPage(scenario=IDS)  # type: ignore[call-arg]
