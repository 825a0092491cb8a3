"""Statements of the Experience API (xAPI 1.0.3) about the stored sessions of people who agreed to it.

Who it is, is said by the pseudonym alone. Ids follow from what is stored, so that a store of statements takes each of them once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from etiquette_kit.formats.rating.response import RATINGS
from etiquette_kit.locale import catalog, languages

ADL = "http://adlnet.gov/expapi"
"""Where ADL's verbs and types of activities are defined."""

HOME = "https://etiquette-kit.invalid"
"""Stands in ids where an organisation names no address of its own; nothing is there."""

_DESCRIBED = frozenset({"choice", "rating"})
"""The formats of which the response goes along. That of another may have a text of somebody's own in it."""


def statements(person: Mapping[str, Any], cohort: str, contents: Mapping[str, str], home: str = HOME) -> Iterator[dict[str, Any]]:
    """Yield the statements about one person's sessions for a group, in the order of their time; none without consent to that group.

    Parameters
    ----------
    person : mapping
        All that is stored about the person, as from ``personal_data.export``.
    cohort : str
        The group.
    contents : mapping of str to str
        The records of the answered material, by their hashes.
    home : str
        The address below which the ids of activities and people lie.
    """
    if cohort not in {consent["cohort"] for consent in person["consents"]}:
        return
    for session in person["sessions"]:
        if session["cohort"] == cohort:
            yield from _Session(person["pseudonym"], session, contents, home).statements()


class _Session:
    """One session of a person."""

    def __init__(self, pseudonym: str, session: Mapping[str, Any], contents: Mapping[str, str], home: str) -> None:
        self._session, self._contents, self._home = session, contents, home.rstrip("/")
        self._actor = {"objectType": "Agent", "account": {"homePage": self._home, "name": pseudonym}}
        self._registration = str(uuid5(NAMESPACE_URL, f"{self._home}/session/{session['name']}"))
        self._quiz = f"{self._home}/quiz/{quote(session['quiz'], safe='')}"

    def statements(self) -> Iterator[dict[str, Any]]:
        answers = {answer["seq"]: answer for answer in self._session["answers"]}
        for seq, event in enumerate(self._session["events"]):
            if event["event"] == "started":
                yield self._statement("initialized", seq, event["at"], self._whole(), event["lang"])
            elif seq in answers:
                answer = answers[seq]
                yield self._statement("answered", seq, answer["at"], self._item(answer), answer["lang"], _result(answer))
            elif event["event"] == "finished":
                credits_ = [answer["credit"] for answer in answers.values() if answer["credit"] is not None]
                yield self._statement("completed", seq, event["at"], self._whole(), "", _overall(credits_))

    def _statement(
        self, verb: str, seq: int, at: str, activity: Mapping[str, Any], lang: str, result: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        context: dict[str, Any] = {"registration": self._registration, "platform": f"etiquette_kit {self._session['kit']}"}
        if lang:
            context["language"] = lang
        if activity["id"] != self._quiz:
            context["contextActivities"] = {"parent": [{"objectType": "Activity", "id": self._quiz}]}
        said: dict[str, Any] = {
            "id": str(uuid5(NAMESPACE_URL, f"{self._home}/session/{self._session['name']}/{seq}/{verb}")),
            "actor": self._actor,
            "verb": {"id": f"{ADL}/verbs/{verb}", "display": {lang: catalog(lang)(f"exchange.verbs.{verb}") for lang in languages()}},
            "object": activity,
            "context": context,
            "timestamp": at,
            "version": "1.0.3",
        }
        return said if result is None else {**said, "result": result}

    def _whole(self) -> dict[str, Any]:
        name = {lang: catalog(lang)("exchange.title") for lang in languages()}
        return {"objectType": "Activity", "id": self._quiz, "definition": {"type": f"{ADL}/activities/assessment", "name": name}}

    def _item(self, answer: Mapping[str, Any]) -> dict[str, Any]:
        definition = {"type": f"{ADL}/activities/cmi.interaction", **_interaction(answer["format"], self._contents.get(answer["content"]))}
        identifier = f"{self._home}/{quote(answer['format'], safe='')}/{quote(answer['material'], safe='')}"
        return {"objectType": "Activity", "id": identifier, "definition": definition}


def _interaction(format_name: str, record: str | None) -> dict[str, Any]:
    """Describe what was answered: a choice and a rating with their texts and key at that time, anything else without."""
    if record is None or format_name not in _DESCRIBED:
        return {"interactionType": "other"}
    content = json.loads(record)
    scenario, key = content["scenario"], content["key"]
    texts = {"name": {lang: text["title"] for lang, text in scenario["text"].items()}}
    options = [_component(option["id"], {lang: text["label"] for lang, text in option["text"].items()}) for option in scenario["option"]]
    if format_name == "choice":
        best = [name for name, grade in key.items() if grade == max(key.values())]
        return {**texts, "interactionType": "choice", "choices": options, "correctResponsesPattern": best}
    words = [_component(str(rating), {lang: catalog(lang)(f"grades.{rating}") for lang in languages()}) for rating in RATINGS]
    pattern = "[,]".join(f"{name}[.]{grade}" for name, grade in key.items())
    return {**texts, "interactionType": "matching", "source": options, "target": words, "correctResponsesPattern": [pattern]}


def _component(identifier: str, texts: Mapping[str, str]) -> dict[str, Any]:
    return {"id": identifier, "description": dict(texts)}


def _result(answer: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {"completion": True}
    if answer["format"] in _DESCRIBED:
        found["response"] = _response(answer)
    if answer["credit"] is not None:
        found["score"] = {"scaled": answer["credit"]}
    if answer["seconds"] is not None:
        found["duration"] = f"PT{max(answer['seconds'], 0):.2f}S"
    return found


def _response(answer: Mapping[str, Any]) -> str:
    """Return a response as xAPI writes it: the option of a choice, pairs for a rating."""
    if answer["format"] == "choice":
        return str(answer["response"])
    return "[,]".join(f"{part[:-1]}[.]{part[-1]}" for part in answer["response"].split(" "))


def _overall(credits_: Sequence[float]) -> dict[str, Any]:
    scored = {"score": {"scaled": sum(credits_) / len(credits_)}} if credits_ else {}
    return {"completion": True, **scored}
