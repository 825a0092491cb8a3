"""The advisor: choose the facts, and see the article's advice about every action."""

from __future__ import annotations

from typing import Any

import msgspec

from etiquette_kit.cards.card import Card
from etiquette_kit.cards.messages import Language, Message, Name
from etiquette_kit.locale import DEFAULT_LANGUAGE, catalog
from etiquette_kit.rules import VALUES, Advice, Facts, asked_facts, checked_facts, decide
from etiquette_kit.rules.facts import Value
from etiquette_kit.rules.passages import CitedPassage, cited_passages, source


class Choose(Message, frozen=True, tag="choose"):
    """Choose the value of a fact."""

    fact: Name
    value: Name


class FactValue(msgspec.Struct, frozen=True):
    """A value that a fact can have."""

    code: str
    text: str


class FactChoice(msgspec.Struct, frozen=True):
    """A fact as a question, with the chosen value."""

    fact: str
    question: str
    value: str
    values: tuple[FactValue, ...]


class AdvisedAction(msgspec.Struct, frozen=True):
    """The article's advice about an action; without a grade where it says nothing."""

    name: str
    grade: int | None
    verdict: str
    tag: str
    source: str
    reason: str
    passages: list[str]


class AdvisorPage(msgspec.Struct, frozen=True, tag_field="kind", tag="advisor"):
    """The chosen facts, and the advice for them."""

    title: str
    answer: str
    facts: tuple[FactChoice, ...]
    actions: tuple[AdvisedAction, ...]
    passages: dict[str, CitedPassage]


class AdvisorCard(Card):
    """The decision table, one situation at a time; the parameters are those of ``Advisor``."""

    MESSAGES = Language | Choose

    def __init__(self, lang: str = DEFAULT_LANGUAGE, facts: Facts | None = None) -> None:
        # The chosen value of a fact is kept while the fact does not apply to the event.
        self._chosen: dict[str, Value] = {
            "event": "friend_request",
            "relation": "client",
            "network": "private",
            "wanted": False,
            "sensitive": False,
            "personal": True,
        }
        if facts is not None:
            self._chosen |= dict(checked_facts("facts", facts).items())
        super().__init__(lang)

    @property
    def facts(self) -> Facts:
        """The chosen situation."""
        return Facts.from_mapping({name: self._chosen[name] for name in asked_facts(self._chosen)})

    @property
    def advice(self) -> Advice:
        """The article's advice for it."""
        return decide(self.facts)

    def act(self, message: Any) -> str:
        """Choose a value, if the fact can have it."""
        if isinstance(message, Choose):
            for allowed in VALUES.get(message.fact, ()):
                if _code(allowed) == message.value:
                    self._chosen[message.fact] = allowed
        return ""

    def describe(self, lang: str) -> dict[str, Any]:
        """Describe the page."""
        words = catalog(lang)
        advice = self.advice
        page = AdvisorPage(
            title=words("advisor.title"),
            answer=words("advisor.rule" if advice.grades else "advisor.silent", rule=advice.rule),
            facts=tuple(
                FactChoice(
                    fact,
                    words(f"facts.{fact}"),
                    _code(value),
                    tuple(FactValue(_code(choice), words(f"values.{fact}.{_code(choice)}")) for choice in VALUES[fact]),
                )
                for fact, value in advice.facts.items()
            ),
            actions=tuple(
                AdvisedAction(
                    words(f"actions.{action}"),
                    advice.grades.get(action),
                    advice.verdict(action, lang),
                    advice.tag(action, lang),
                    source(advice.passages[action], lang) if action in advice.grades else "",
                    advice.reason(action, lang),
                    advice.passages[action],
                )
                for action in advice.basis
            ),
            passages=cited_passages([name for names in advice.passages.values() for name in names], lang),
        )
        return {"scene": page}

    def text(self) -> str:
        """Return the rule, the facts and every action as text."""
        advice, words = self.advice, catalog(self.lang)
        facts = ", ".join(words(f"values.{fact}.{_code(value)}") for fact, value in advice.facts.items())
        lines = [f"{advice.rule}: {facts}"]
        lines += [f"  {words(f'actions.{action}')}: {advice.verdict(action, self.lang)}" for action in advice.basis]
        return "\n".join(lines)


def _code(value: Value) -> str:
    """Return a value as the browser and the locale name it."""
    return str(value).lower() if isinstance(value, bool) else value
