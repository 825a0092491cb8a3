"""The form in which a situation is written, as values with their texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import LIMITS, OPTION_COUNT, STEM_WORDS
from etiquette_kit.lint.fairness.plain_language import FEEDBACK_WORDS, LABEL_WORDS, TITLE_WORDS
from etiquette_kit.locale import Catalog, catalog, languages, plural
from etiquette_kit.rules import VALUES, Advice, asked_facts
from etiquette_kit.rules.passages import source

ROOM = 20_000
"""How many characters a field takes."""

WORDS: dict[str, tuple[int, int]] = {"title": TITLE_WORDS, "stem": STEM_WORDS, "label": LABEL_WORDS, "feedback": (0, FEEDBACK_WORDS)}
"""How many words a text has, least and most, by its name."""


class FieldValue(msgspec.Struct, frozen=True):
    """A value to choose."""

    code: str
    text: str


class Field(msgspec.Struct, frozen=True, omit_defaults=True):
    """A field: its name is the path to its value; ``control`` is ``line``, ``area``, ``select`` or ``radios``."""

    name: str
    label: str
    control: str = "line"
    hint: str = ""
    lang: str = ""
    values: tuple[FieldValue, ...] = ()


class Group(msgspec.Struct, frozen=True, omit_defaults=True):
    """Fields that belong together; ``place`` is that of an option, from 0."""

    name: str
    title: str
    fields: tuple[Field, ...]
    hint: str = ""
    place: int | None = None


class FormPage(msgspec.Struct, frozen=True, tag_field="kind", tag="form"):
    """The form; it changes with the facts, the languages and the number of options only.

    Attributes
    ----------
    key : str
        The name of the draft that it shows.
    groups : tuple of Group
        Facts, person, texts, options, and what belongs to the file.
    written : tuple of FieldValue
        The languages in which the situation is written.
    further : tuple of FieldValue
        Languages that can be added.
    more_options : bool
        Whether one more option can be added.
    last_place : int
        The place of the last option, from 0.
    """

    key: str
    groups: tuple[Group, ...]
    written: tuple[FieldValue, ...]
    further: tuple[FieldValue, ...]
    more_options: bool
    last_place: int


class GradedAction(msgspec.Struct, frozen=True):
    """An action that there is in the situation, with its grade and the reason; to read."""

    name: str
    grade: int | None
    verdict: str
    tag: str
    source: str
    reason: str


def form_page(key: str, raw: Mapping[str, object], advice: Advice | None, about: FormAbout, lang: str) -> FormPage:
    """Describe the form of a situation."""
    words = catalog(lang)
    named = [FieldValue(code, catalog(code)("language.name") if code in languages() else code) for code in about.written]
    options = raw.get("option", [])
    count = len(options) if isinstance(options, list) else 0
    groups = [
        _facts(raw, words, lang),
        _person(words),
        *(_text(value, words, alone=len(named) == 1) for value in named),
        *(_option(place, named, _actions(raw, advice, lang), words) for place in range(count)),
        _file(about, words),
    ]
    return FormPage(
        key,
        tuple(groups),
        tuple(named),
        tuple(FieldValue(code, catalog(code)("language.name")) for code in languages() if code not in about.written),
        count < OPTION_COUNT[1],
        count - 1,
    )


class FormAbout(msgspec.Struct, frozen=True):
    """What a form says besides the situation: its languages, the themes to choose from, and those of a new theme's title."""

    written: tuple[str, ...]
    themes: tuple[FieldValue, ...]
    title_languages: tuple[str, ...]


def _facts(raw: Mapping[str, object], words: Catalog, lang: str) -> Group:
    given = raw.get("facts", {})
    facts = given if isinstance(given, Mapping) else {}
    platforms = tuple(FieldValue(name, platform.name(lang)) for name, platform in PLATFORMS.items())
    asked = [name for name in asked_facts(facts) if name != "network"] if facts.get("event") else ["event", "relation"]
    fields = [_fact(name, words) for name in asked]
    where = Field("platform", words("writer.fields.platform"), "radios", values=platforms)
    return Group("facts", words("writer.groups.facts"), (*fields[:2], where, *fields[2:]))


def _fact(name: str, words: Catalog) -> Field:
    values = tuple(FieldValue(str(value).lower(), words(f"values.{name}.{str(value).lower()}")) for value in VALUES[name])
    return Field(f"facts.{name}", words(f"facts.{name}"), "radios", values=values)


def _person(words: Catalog) -> Group:
    genders = tuple(FieldValue(code, words(f"writer.genders.{code}")) for code in ("female", "male", "diverse"))
    fields = (
        Field("person.name", words("writer.fields.name"), hint=words("writer.hints.name")),
        Field("person.gender", words("writer.fields.gender"), "radios", values=genders),
    )
    return Group("person", words("writer.groups.person"), fields)


def _text(value: FieldValue, words: Catalog, *, alone: bool) -> Group:
    fields = tuple(
        Field(
            f"text.{value.code}.{name}",
            words(f"writer.fields.{name}"),
            "area" if name == "stem" else "line",
            words(f"writer.hints.{name}"),
            value.code,
        )
        for name in ("title", "role", "stem")
    )
    title = words("writer.groups.text") if alone else words("writer.groups.text_in", language=value.text)
    return Group(f"text.{value.code}", title, fields)


def _actions(raw: Mapping[str, object], advice: Advice | None, lang: str) -> tuple[FieldValue, ...]:
    if advice is None:
        return ()
    platform = PLATFORMS.get(str(raw.get("platform")))
    names = {action: platform.action_name(action, lang) if platform else catalog(lang)(f"actions.{action}") for action in advice.basis}
    graded = sorted(advice.grades, key=lambda action: -advice.grades[action])
    return tuple(FieldValue(action, f"{names[action]} – {advice.verdict(action, lang)}") for action in graded)


def _option(place: int, written: Sequence[FieldValue], actions: tuple[FieldValue, ...], words: Catalog) -> Group:
    hint = "" if actions else words("writer.hints.action_later")
    fields = [Field(f"option.{place}.action", words("writer.fields.action"), "select", hint, values=actions)]
    for value in written:
        for name in ("label", "feedback"):
            label = words(f"writer.fields.{name}")
            label = label if len(written) == 1 else words("writer.fields.in_language", field=label, language=value.text)
            hint = words(f"writer.hints.{name}")
            fields.append(Field(f"option.{place}.text.{value.code}.{name}", label, "area", hint, value.code))
    return Group(f"option.{place}", words("writer.groups.option", number=place + 1), tuple(fields), place=place)


def _file(about: FormAbout, words: Catalog) -> Group:
    fields = [Field("file", words("writer.fields.theme"), "select", values=about.themes)] if about.themes else []
    for code in about.title_languages:
        language = catalog(code)("language.name") if code in languages() else code
        fields.append(Field(f"theme.{code}", words("writer.fields.theme_title", language=language), lang=code))
    fields.append(Field("id", words("writer.fields.id"), hint=words("writer.hints.id")))
    fields.append(Field("twin", words("writer.fields.twin"), hint=words("writer.hints.twin")))
    return Group("file", words("writer.groups.file"), tuple(fields))


def graded_actions(advice: Advice | None, raw: Mapping[str, object], lang: str) -> tuple[GradedAction, ...]:
    """Return the actions that there are in a situation, with their grades; none while its facts are not complete."""
    if advice is None:
        return ()
    platform = PLATFORMS.get(str(raw.get("platform")))
    return tuple(
        GradedAction(
            platform.action_name(action, lang) if platform else catalog(lang)(f"actions.{action}"),
            advice.grades.get(action),
            advice.verdict(action, lang),
            advice.tag(action, lang),
            source(advice.passages[action], lang) if action in advice.grades else "",
            advice.reason(action, lang),
        )
        for action in advice.basis
    )


def word_counts(values: Mapping[str, str], lang: str) -> dict[str, str]:
    """Return how many words each text has, and how many it should have."""
    return dict(_counts(values, catalog(lang)))


def _counts(values: Mapping[str, str], words: Catalog) -> Iterator[tuple[str, str]]:
    for name, text in values.items():
        limits = WORDS.get(name.rpartition(".")[2]) if ".text." in f".{name}" else None
        if limits is None:
            continue
        least, most = limits
        count = len(text.split())
        key = "writer.count" if least else "writer.count_most"
        yield name, plural(words, key, count, least=least, most=most)


def name_limit(field: str) -> int | None:
    """Return how many characters a field may have; None where there is no limit."""
    return LIMITS.get(field.rpartition(".")[2])
