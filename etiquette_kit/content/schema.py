"""The JSON Schema of a scenario file, for editors that complete and check TOML."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from etiquette_kit.content.platforms import PLATFORMS
from etiquette_kit.content.scenario import ScenarioFile
from etiquette_kit.rules import article_table


def scenario_schema() -> dict[str, Any]:
    """Return the schema, with all platforms and actions."""
    schema = msgspec.json.schema(ScenarioFile)
    parts = schema["$defs"]
    scenario = parts["Scenario"]
    del scenario["properties"]["theme"]  # given by the file's name
    scenario["properties"]["platform"]["enum"] = list(PLATFORMS)
    parts["Option"]["properties"]["action"]["enum"] = [action.id for action in article_table().actions]
    parts["Facts"]["additionalProperties"] = False
    facts = parts["Facts"]["properties"]
    for part, keys in ((facts, ("network", "wanted", "personal", "sensitive")), (scenario["properties"], ("twin",))):
        for key in keys:
            # None stands for "not given" in Python; TOML has no null.
            choices = part[key].pop("anyOf")
            part[key] = {**next(choice for choice in choices if choice.get("type") != "null"), **part[key]}
            part[key].pop("default")
    for part in parts.values():
        part["description"] = part["description"].split("\n")[0]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Scenarios of etiquette_kit", **schema}


def schema_text() -> str:
    """Return the schema as the text of ``scenarios/schema.json``."""
    return json.dumps(scenario_schema(), indent=2, ensure_ascii=False) + "\n"
