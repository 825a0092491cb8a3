"""A situation while it is written: what can be changed in it, one step at a time, and taken back."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from etiquette_kit.authoring import toml_source
from etiquette_kit.authoring.drafts import Draft
from etiquette_kit.authoring.tidy_text import tidy
from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import OPTION_COUNT
from etiquette_kit.rules import VALUES, asked_facts

Raw = dict[str, Any]

LONGEST = 20_000
"""How many characters a field takes; far more than any may have, so that a paste that is too long can be shortened."""

_STEPS = 100
_PAUSE = 3.0  # seconds; what is typed in one field without a longer pause is one step

_FIELD = re.compile(
    r"id|twin|platform|person\.(?:name|gender)|facts\.(?:event|relation|wanted|sensitive|personal)"
    r"|text\.[a-z-]{2,10}\.(?:title|role|stem)|option\.\d\.(?:action|text\.[a-z-]{2,10}\.(?:label|feedback))|theme\.[a-z-]{2,10}"
)

_LETTERS = "abcdefghij"


def is_formed(raw: Mapping[str, Any]) -> bool:
    """Return whether a situation has the structure of one, so that a form can take it; its values may be wrong."""
    texts, options = raw.get("text", {}), raw.get("option", [])
    if not (isinstance(options, list) and len(options) < 10 and all(isinstance(option, Mapping) for option in options)):  # noqa: PLR2004  a digit
        return False
    tables = [raw.get("person", {}), raw.get("facts", {}), texts, *(option.get("text", {}) for option in options)]
    if not all(isinstance(table, Mapping) for table in tables):
        return False
    written = [text for table in [texts, *(option.get("text", {}) for option in options)] for text in table.values()]
    if not all(isinstance(text, Mapping) for text in written):
        return False
    values = [*(value for text in written for value in text.values()), *raw.get("person", {}).values()]
    values += [holder.get(name, "") for holder in (raw, *options) for name in ("id", "action", "platform", "twin")]
    return all(isinstance(value, str) for value in values)


class Editing:
    """A draft with the steps that can be taken back.

    Parameters
    ----------
    draft : Draft
        The draft; its situation is replaced with each step.
    clock : callable
        Returns seconds that only grow.
    """

    def __init__(self, draft: Draft, clock: Callable[[], float]) -> None:
        self.draft = draft
        self._clock = clock
        self._steps: list[tuple[Raw, bool]] = []
        self._last: tuple[str, float] = ("", 0.0)
        self._answers: Raw = dict(draft.raw.get("facts", {}))  # what was answered once is not asked again

    # ---- reading ----------------------------------------------------------------------------------------------------------

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it has any text, or is to get some."""
        raw = self.draft.raw
        inside = (lang for option in raw.get("option", ()) for lang in option.get("text", {}))
        return tuple(dict.fromkeys([*raw.get("text", {}), *inside]))

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._steps)

    def value(self, field: str) -> str:
        """Return what stands in a field; empty where there is nothing."""
        if field.startswith("theme."):
            return self.draft.titles.get(field.removeprefix("theme."), "")
        found = _at(self.draft.raw, field.split("."))
        if isinstance(found, bool):
            return str(found).lower()
        text = found if isinstance(found, str) else ""
        return text.removesuffix("\n") if field.endswith(".stem") else text

    # ---- steps ------------------------------------------------------------------------------------------------------------

    def edit(self, field: str, value: str) -> None:
        """Put a value into a field; what is no field, or no value of it, changes nothing."""
        if not _FIELD.fullmatch(field) or len(value) > LONGEST:
            return
        name, _, rest = field.partition(".")
        if name == "theme":
            if rest in self.draft.titles:
                self.draft.titles = {**self.draft.titles, rest: tidy(value, rest)}
                self.draft.file = self.draft.file if self.draft.base else ""
            return
        at = self._clock()
        is_new = field != self._last[0] or at - self._last[1] > _PAUSE
        self._last = (field, at)
        before, own_id = copy.deepcopy(self.draft.raw), self.draft.own_id
        self._put(field, name, rest, value)
        if is_new and self.draft.raw != before:
            self._remember(before, own_id=own_id)

    def _put(self, field: str, name: str, rest: str, value: str) -> None:
        raw = self.draft.raw
        match name:
            case "facts":
                self._set_fact(rest, value)
            case "platform" if value in PLATFORMS:
                raw["platform"] = value
                self._set_network()
            case "person" if rest == "gender":
                if value in ("female", "male", "diverse"):
                    raw.setdefault("person", {})["gender"] = value
            case "id" | "twin":
                self._set_text(field, tidy(value, "").strip())
                self.draft.own_id = self.draft.own_id or name == "id"
            case "text" | "person" | "option" if not (name == "option" and int(field.split(".")[1]) >= len(raw.get("option", ()))):
                lang = field.split(".")[-2] if ".text." in f".{field}" else ""
                is_stem = field.endswith(".stem")
                text = tidy(value, lang, lines=is_stem)
                self._set_text(field, f"{text}\n" if is_stem and text else text)
            case _:
                pass

    def _set_text(self, field: str, text: str) -> None:
        *path, name = field.split(".")
        holder: Any = self.draft.raw
        for part in path:
            holder = holder[int(part)] if isinstance(holder, list) else holder.setdefault(part, {})
        if text or (self.draft.base is not None and _at(self.draft.base, field.split(".")) is not None):
            holder[name] = text
        else:
            holder.pop(name, None)
        if name == "twin" and not text:
            holder.pop(name, None)

    def _set_fact(self, fact: str, value: str) -> None:
        allowed = next((one for one in VALUES[fact] if str(one).lower() == value), None)
        if allowed is None:
            return
        self._answers[fact] = allowed
        self.draft.raw["facts"] = {**self.draft.raw.get("facts", {}), fact: allowed}
        self._set_network()

    def _set_network(self) -> None:
        """Let the network follow from the platform, and leave out what does not apply."""
        facts = dict(self.draft.raw.get("facts", {}))
        platform = PLATFORMS.get(str(self.draft.raw.get("platform")))
        if facts.get("event") == "friend_request" and platform is not None:
            facts["network"] = platform.network
        for name in VALUES:  # in order: whether one applies may depend on those before
            if name in asked_facts(facts) and name in self._answers and name != "network":
                facts.setdefault(name, self._answers[name])
        asked = asked_facts(facts)
        kept = {name: value for name, value in facts.items() if name not in VALUES or name in asked}
        ordered = {name: kept[name] for name in VALUES if name in kept}
        if kept or "facts" in self.draft.raw:
            self.draft.raw["facts"] = kept if kept == self.draft.raw.get("facts") else ordered | kept

    def add_option(self) -> None:
        """Add an option with a letter that none has yet."""
        options = list(self.draft.raw.get("option", ()))
        if len(options) < OPTION_COUNT[1]:
            taken = {option.get("id") for option in options}
            letter = next(letter for letter in _LETTERS if letter not in taken)
            self._change({"option": [*options, {"id": letter, "text": {lang: {} for lang in self.languages}}]})

    def remove_option(self, place: int) -> None:
        """Remove an option."""
        options = list(self.draft.raw.get("option", ()))
        if place < len(options):
            self._change({"option": options[:place] + options[place + 1 :]})

    def move_option(self, place: int, by: int) -> None:
        """Move an option one place."""
        options = list(self.draft.raw.get("option", ()))
        if place < len(options) and 0 <= place + by < len(options):
            options.insert(place + by, options.pop(place))
            self._change({"option": options})

    def add_language(self, lang: str) -> None:
        """Begin to write in one more language."""
        if lang not in self.languages:
            options = [{**option, "text": {**option.get("text", {}), lang: {}}} for option in self.draft.raw.get("option", ())]
            self._change({"text": {**self.draft.raw.get("text", {}), lang: {}}, **({"option": options} if options else {})})

    def remove_language(self, lang: str) -> None:
        """Leave out a language; one must be left."""
        if lang not in self.languages or len(self.languages) == 1:
            return
        options = [
            {**option, "text": {other: text for other, text in option["text"].items() if other != lang}} if "text" in option else option
            for option in self.draft.raw.get("option", ())
        ]
        texts = {other: text for other, text in self.draft.raw.get("text", {}).items() if other != lang}
        self._change({"text": texts, **({"option": options} if "option" in self.draft.raw else {})})

    def undo(self) -> None:
        """Take the last step back."""
        if self._steps:
            self.draft.raw, self.draft.own_id = self._steps.pop()
            self._last = ("", 0.0)

    def replace(self, raw: Mapping[str, Any]) -> None:
        """Put another version in place of the situation, as a step that can be taken back."""
        self._change(dict(raw), keep=False)

    def _change(self, parts: Mapping[str, Any], *, keep: bool = True) -> None:
        """Put parts in place of those of the same name; without `keep` of all."""
        self._remember(self.draft.raw, own_id=self.draft.own_id)
        self._last = ("", 0.0)
        self.draft.raw = copy.deepcopy({**(self.draft.raw if keep else {}), **parts})

    def _remember(self, raw: Raw, *, own_id: bool) -> None:
        self._steps = [*self._steps[1 - _STEPS :], (copy.deepcopy(raw), own_id)]

    # ---- saving -----------------------------------------------------------------------------------------------------------

    def follow_title(self, lang: str, taken: set[str]) -> None:
        """Let the id of a new situation follow its title, preferably the English one, until the author gives one."""
        if self.draft.base is None and not self.draft.own_id:
            titles = [self.value(f"text.{code}.title") for code in ("en", lang, *self.languages)]
            title = next((title for title in titles if title.strip()), "")
            self.draft.raw["id"] = toml_source.identifier(title, taken)

    def finish(self) -> None:
        """Strip what was changed of spaces at its edges, and drop parts that are empty, so that it reads as it is written."""
        base = self.draft.base or {}
        raw = _stripped(self.draft.raw, base)
        for option in raw.get("option", ()):
            if "text" in option:
                option["text"] = {lang: text for lang, text in option["text"].items() if text}
                if not option["text"]:
                    del option["text"]
        for name in ("person", "facts", "option"):
            if name in raw and not raw[name] and name not in base:
                del raw[name]
        self.draft.raw = raw


def _stripped(new: Any, old: Any, name: str = "") -> Any:
    if new == old:
        return copy.deepcopy(new)
    if isinstance(new, Mapping):
        return {key: _stripped(value, old.get(key) if isinstance(old, Mapping) else None, key) for key, value in new.items()}
    if isinstance(new, list):
        return [_stripped(value, None) for value in new]
    if isinstance(new, str):
        text = new.strip()
        return f"{text}\n" if name == "stem" and text else text
    return new


def _at(raw: Any, path: Sequence[str]) -> Any:
    for name in path:
        if isinstance(raw, list):
            raw = raw[int(name)] if name.isdecimal() and int(name) < len(raw) else None
        elif isinstance(raw, Mapping):
            raw = raw.get(name)
        else:
            return None
    return raw
