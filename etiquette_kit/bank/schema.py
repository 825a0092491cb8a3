"""The JSON Schema of a file of a bank, for editors that complete and check TOML."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import Option, Scenario, ThemeHead
from etiquette_kit.formats import ContentFormat, built_in, content_formats
from etiquette_kit.rules import article_table

_REF = "#/$defs/"


def scenario_schema(tables: Mapping[str, ContentFormat] | None = None) -> dict[str, Any]:
    """Return the schema, with all platforms and actions.

    Parameters
    ----------
    tables : mapping of str to ContentFormat, optional
        The formats with tables of their own, by the table's name. Default: those of the kit.
    """
    forms: dict[str, type[msgspec.Struct]] = {
        "scenario": Scenario,
        **{table: found.FORM for table, found in (content_formats(built_in()) if tables is None else tables).items()},
    }
    # Asked for one by one, because two formats may have structs of the same name.
    refs, parts = msgspec.json.schema_components([ThemeHead, *forms.values(), Option], ref_template=f"{_REF}{{name}}")
    head, *entries, option = (str(ref["$ref"]).removeprefix(_REF) for ref in refs)
    for form in entries:
        parts[form]["properties"].pop("theme", None)  # given by the file's name
    parts[option]["properties"]["action"]["enum"] = [action.id for action in article_table().actions]
    parts["Facts"]["additionalProperties"] = False
    for part in parts.values():
        if "description" in part:
            part["description"] = part["description"].split("\n")[0]
        for name, choice in part.get("properties", {}).items():
            if name == "platform" and choice.get("type") == "string":
                choice["enum"] = list(PLATFORMS)
            part["properties"][name] = _without_null(choice)
    whole = {
        "title": "ScenarioFile",
        "description": "A scenario file: one theme with its scenarios.",
        "type": "object",
        "properties": {
            "theme": {"$ref": f"{_REF}{head}"},
            **{table: {"type": "array", "items": {"$ref": f"{_REF}{form}"}} for table, form in zip(forms, entries, strict=True)},
        },
        **_required(list(forms)),
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenarios of etiquette_kit",
        "$ref": f"{_REF}ScenarioFile",
        "$defs": {"ScenarioFile": whole, **parts},
    }


def _required(tables: list[str]) -> dict[str, Any]:
    """Return that a file has a theme, and tables of at least one name."""
    if len(tables) == 1:
        return {"required": ["theme", *tables]}
    return {"required": ["theme"], "anyOf": [{"required": [table]} for table in tables]}


def _without_null(part: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a key that may be left out: None stands for "not given" in Python, and TOML has no null."""
    choices = [choice for choice in part.get("anyOf", ()) if choice.get("type") != "null"]
    if len(choices) != 1 or len(choices) == len(part["anyOf"]):
        return part
    return {**choices[0], **{key: value for key, value in part.items() if key not in ("anyOf", "default")}}


def schema_text() -> str:
    """Return the schema as the text of ``scenarios/schema.json``."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"
