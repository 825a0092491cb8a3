"""The content of the page of an inbox after the answer: the day as a picture, and what the article says of each item."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from etiquette_kit.formats.inbox.material import Inbox, Item
from etiquette_kit.formats.inbox.morning import Step, credits_of, mean_credit, steps
from etiquette_kit.formats.inbox.pages import label
from etiquette_kit.formats.protocol import Recap
from etiquette_kit.locale import Catalog, catalog, plural
from etiquette_kit.locale.numbers import percent
from etiquette_kit.rules import FITS_BEST
from etiquette_kit.rules.passages import CitedPassage, cited_passages, source

_WAITING = frozenset({"ignore", "reply_later", "no_reply"})

Decided = Sequence[tuple[str, str]]


class DayPart(msgspec.Struct, frozen=True, omit_defaults=True):
    """What took minutes: who it was for, what, when, also in words, and where in the day it lies; ``late`` where it came too late."""

    person: str
    action: str
    when: str
    start: int
    minutes: int
    late: str = ""


class JudgedItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item after the answer.

    Attributes
    ----------
    id : str
        The item's id.
    yours : str
        What one did, in a sentence.
    verdict : str
        The grade in words, or that the article says nothing.
    reason : str
        Why.
    grade : int
        1..4; 0 where the article says nothing.
    best : str
        What fits best, in a sentence; empty where the decision does, or where nothing is said.
    tag, source : str
        The basis of the grade, and its source; empty where the article says nothing.
    passages : list of str
        The ids of the passages that support the grade.
    """

    id: str
    yours: str
    verdict: str
    reason: str
    grade: int = 0
    best: str = ""
    tag: str = ""
    source: str = ""
    passages: list[str] = []


class InboxReveal(msgspec.Struct, frozen=True):
    """A morning after the answer.

    Attributes
    ----------
    id : str
        The inbox's id.
    summary, fit : str
        How many decisions fit best, and the credit in words.
    credit : float
        0..1; 0 where nothing is scored.
    unscored : str
        How many decisions are not scored, and why; empty where all are.
    day_title, end : str
        The title of the picture, and the name of the minute at which the morning is over.
    budget, length : int
        The minutes that there were, and those that the picture shows.
    day : tuple of DayPart
        What took minutes, in its order.
    no_day : str
        What is said where nothing took minutes; else empty.
    waited : str
        Who is still waiting; or that nobody is.
    items_title : str
        The title of the items.
    items : tuple of JudgedItem
        The items, those first that fit least; those on which the article is silent come last.
    passages : dict of str to CitedPassage
        By the passage's id.
    """

    id: str
    summary: str
    fit: str
    credit: float
    unscored: str
    day_title: str
    end: str
    budget: int
    length: int
    day: tuple[DayPart, ...]
    no_day: str
    waited: str
    items_title: str
    items: tuple[JudgedItem, ...]
    passages: dict[str, CitedPassage]


def reveal(inbox: Inbox, decided: Decided, lang: str) -> InboxReveal:
    """Return the day as a picture, who waited, and what the article says of each item."""
    words, done = catalog(lang), steps(decided, inbox.key(), inbox.budget)
    items = credits_of(decided, inbox.key(), inbox.budget)
    unscored = sum(credit is None for credit in items.values())
    judged = [_judged(inbox.item(step.item), step, words) for step in done]
    judged.sort(key=lambda entry: (entry.grade == 0, entry.grade))
    day = tuple(_day_part(inbox.item(step.item), step, words) for step in done if step.minutes)
    used = sum(part.minutes for part in day)
    return InboxReveal(
        inbox.id,
        _summary(inbox, decided, words),
        words("inbox.fit", credit=percent(mean_credit(items), words)),
        mean_credit(items) or 0.0,
        plural(words, "inbox.unscored", unscored) if unscored else "",
        words("inbox.day"),
        plural(words, "inbox.end", inbox.budget),
        inbox.budget,
        max(used, inbox.budget),
        day,
        "" if day else words("inbox.no_day"),
        _waited(inbox, done, words),
        words("inbox.items"),
        tuple(judged),
        cited_passages((passage for entry in judged for passage in entry.passages), lang),
    )


def recap(inbox: Inbox, decided: Decided, lang: str) -> Recap:
    """Return how many decisions fit best, the credit, and the item that fits least with what fits best there."""
    words, told = catalog(lang), reveal(inbox, decided, lang)
    first = told.items[0]
    best = words("inbox.recap_best", person=inbox.item(first.id).person.name, best=first.best) if first.best else ""
    return Recap(f"{told.summary} {told.fit}", best)


def response_line(inbox: Inbox, decided: Decided, lang: str, *, revealed: bool) -> str:
    """Return the decisions in their order and, if `revealed`, how each fits."""
    words = catalog(lang)
    parts = []
    for step in steps(decided, inbox.key(), inbox.budget):
        item = inbox.item(step.item)
        done = label(item, step.action if revealed else step.chosen, words) if step.chosen or revealed else words("inbox.undecided")
        parts.append(f"({step.item}) {done}" + (f" – {item.advice.verdict(step.action, lang)}" if revealed else ""))
    return words("inbox.given", decisions="; ".join(parts))


def _summary(inbox: Inbox, decided: Decided, words: Catalog) -> str:
    done = steps(decided, inbox.key(), inbox.budget)
    grades = [inbox.key()[step.item].grades[step.action] for step in done]
    scored = sum(grade is not None for grade in grades)
    return plural(words, "inbox.summary", grades.count(FITS_BEST), total=scored)


def _judged(item: Item, step: Step, words: Catalog) -> JudgedItem:
    advice, lang, action = item.advice, words.lang, step.action
    grade = advice.grades.get(action, 0)
    given = label(item, step.chosen or action, words)
    how = "late" if step.is_late else "yours" if step.chosen else "left"
    fitting = [words("quiz.action", action=label(item, name, words)) for name in advice.best] if 0 < grade < FITS_BEST else []
    passages = advice.passages[action]
    return JudgedItem(
        item.id,
        words(f"inbox.did.{how}", action=given),
        advice.verdict(action, lang),
        advice.reason(action, lang),
        grade,
        words("quiz.best", actions=words("end.or").join(fitting)) if fitting else "",
        advice.tag(action, lang),
        source(passages, lang) if passages else "",
        passages,
    )


def _day_part(item: Item, step: Step, words: Catalog) -> DayPart:
    when = plural(words, "inbox.minutes", step.minutes, first=step.start + 1, last=step.start + step.minutes)
    late = words("inbox.late") if step.is_late else ""
    return DayPart(item.person.name, label(item, step.chosen, words), when, step.start, step.minutes, late)


def _waited(inbox: Inbox, done: Sequence[Step], words: Catalog) -> str:
    """Return who has no answer yet; nobody waits for one to a mass message."""
    items: Mapping[str, Item] = {item.id: item for item in inbox.items}
    names = [
        words("inbox.who", person=items[step.item].person.name, role=items[step.item].texts[words.lang].role)
        for step in done
        if step.action in _WAITING and items[step.item].facts.personal is not False
    ]
    return words("inbox.waited", names="; ".join(names)) if names else words("inbox.nobody")
