"""`etiquette choose`: choosing the situations of a workshop in a page."""

from __future__ import annotations

from etiquette_kit.cli.options import BankPath, Lang, Languages, NoBrowser, Port, ScenarioList, checked_list, words_for, words_of
from etiquette_kit.cli.serving import bank_environment, check_course, language_environment, scenarios_environment, serve_page

_NOTEBOOK = "16_choose"


def choose(
    port: Port = None,
    no_browser: NoBrowser = False,
    lang: Lang = None,
    bank: BankPath = None,
    languages: Languages = None,
    scenarios: ScenarioList = None,
) -> None:
    """Read the situations, and choose those of a workshop, in the browser. Ctrl-C ends it.

    What is chosen is saved as a file for `etiquette room --scenarios FILE` and `etiquette quiz --notebook 07_workshop --scenarios FILE`.
    """
    words = words_for(lang, checked_list(scenarios, bank, words_of(lang), languages))
    check_course(words)
    environment = bank_environment(bank, words, languages) | scenarios_environment(scenarios) | language_environment(words)
    serve_page(_NOTEBOOK, environment, words, port=port, no_browser=no_browser, what="choose")
