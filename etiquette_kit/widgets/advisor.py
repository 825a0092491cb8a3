"""The advisor as a widget: pick the facts, see what the article says about every action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from etiquette_kit.locale import catalog
from etiquette_kit.rules import VALUES, Advice, Facts, asked_facts, decide
from etiquette_kit.rules.facts import Value
from etiquette_kit.rules.passages import cited, source
from etiquette_kit.widgets.card import Card
from etiquette_kit.widgets.front_module import module, style


class Advisor(Card):
    """The decision table, one situation at a time.

    Parameters
    ----------
    lang : str
        The language to begin with; the reader can change it.
    facts : Facts, optional
        The situation to begin with; default a friend request from a client who is not wanted on a private network.

    Raises
    ------
    LanguageError
        When there is no such language.
    """

    _esm = module("advisor.js")
    _css = style()

    def __init__(self, lang: str = "de", facts: Facts | None = None) -> None:
        catalog(lang)
        # What was picked for a fact stays picked while another event does not ask for it.
        self._picked: dict[str, Value] = {
            "event": "friend_request",
            "relation": "client",
            "network": "private",
            "wanted": False,
            "sensitive": False,
            "personal": True,
        }
        if facts is not None:
            self._picked |= dict(facts.items())
        super().__init__(lang)

    @property
    def facts(self) -> Facts:
        """The situation that is picked."""
        return Facts.from_mapping({name: self._picked[name] for name in asked_facts(self._picked)})

    @property
    def advice(self) -> Advice:
        """What the article advises in it."""
        return decide(self.facts)

    def _act(self, message: Mapping[str, Any]) -> str:
        fact, value = message.get("fact"), message.get("value")
        if message.get("do") == "choose" and isinstance(fact, str):
            for allowed in VALUES.get(fact, ()):
                if _code(allowed) == value:
                    self._picked[fact] = allowed
        return ""

    def _describe(self, lang: str) -> dict[str, Any]:
        words = catalog(lang)
        advice = self.advice
        scene = {
            "kind": "advisor",
            "title": words("advisor.title"),
            "answer": words("advisor.rule" if advice.grades else "advisor.silent", rule=advice.rule),
            "facts": [
                {
                    "fact": fact,
                    "question": words(f"facts.{fact}"),
                    "value": _code(value),
                    "values": [[_code(choice), words(f"values.{fact}.{_code(choice)}")] for choice in VALUES[fact]],
                }
                for fact, value in advice.facts.items()
            ],
            "actions": [
                {
                    "name": words(f"actions.{action}"),
                    "grade": advice.grades.get(action),
                    "verdict": advice.verdict(action, lang),
                    "tag": advice.tag(action, lang),
                    "source": source(advice.passages[action], lang) if action in advice.grades else "",
                    "reason": advice.reason(action, lang),
                    "passages": advice.passages[action],
                }
                for action in advice.basis
            ],
            "passages": cited((name for names in advice.passages.values() for name in names), lang),
        }
        return {"scene": scene}

    def __repr__(self) -> str:
        advice = self.advice
        words = catalog(self.lang)
        spoken = ", ".join(words(f"values.{fact}.{_code(value)}") for fact, value in advice.facts.items())
        lines = [f"{advice.rule}: {spoken}"]
        lines += [f"  {words(f'actions.{action}')}: {advice.verdict(action, self.lang)}" for action in advice.basis]
        return "\n".join(lines)


def _code(value: Value) -> str:
    """Return a value as the browser and the locale name it."""
    return str(value).lower() if isinstance(value, bool) else value
