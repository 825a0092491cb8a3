"""Practise what to do when clients, colleagues or the boss turn up on your private social networks.

Importing the package is cheap: a name brings its module in when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from etiquette_kit.analysis.rules_table import rules_table as rules_table
    from etiquette_kit.bank import Bank as Bank
    from etiquette_kit.bank import load_bank as load_bank
    from etiquette_kit.bank.house_file import load_house as load_house
    from etiquette_kit.content.house_rules import House as House
    from etiquette_kit.formats.note.assessment import assess_note as assess_note
    from etiquette_kit.hosts.notebook.advisor import Advisor as Advisor
    from etiquette_kit.hosts.notebook.live_room import LiveRoom as LiveRoom
    from etiquette_kit.hosts.notebook.quiz import Quiz as Quiz
    from etiquette_kit.hosts.notebook.situation_chooser import SituationChooser as SituationChooser
    from etiquette_kit.hosts.notebook.situation_writer import SituationWriter as SituationWriter
    from etiquette_kit.hosts.notebook.trial_page import TrialPage as TrialPage
    from etiquette_kit.hosts.notebook.workshop import Workshop as Workshop
    from etiquette_kit.quiz.session import AnswerError as AnswerError
    from etiquette_kit.rules import Facts as Facts
    from etiquette_kit.rules import FactsError as FactsError
    from etiquette_kit.rules import decide as decide
    from etiquette_kit.store.sql.store import Store as Store

__version__ = "0.1.0"

_HOMES = {
    "Advisor": "hosts.notebook.advisor",
    "AnswerError": "quiz.session",
    "Bank": "bank",
    "Facts": "rules",
    "FactsError": "rules",
    "House": "content.house_rules",
    "LiveRoom": "hosts.notebook.live_room",
    "Quiz": "hosts.notebook.quiz",
    "SituationChooser": "hosts.notebook.situation_chooser",
    "SituationWriter": "hosts.notebook.situation_writer",
    "Store": "store.sql.store",
    "TrialPage": "hosts.notebook.trial_page",
    "Workshop": "hosts.notebook.workshop",
    "assess_note": "formats.note.assessment",
    "decide": "rules",
    "load_bank": "bank",
    "load_house": "bank.house_file",
    "rules_table": "analysis.rules_table",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
