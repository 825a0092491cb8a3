"""What is wrong with a request, beyond its form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from etiquette_kit.content.finding import Problem
from etiquette_kit.formats.note.assessment import CRITERIA, assess_note
from etiquette_kit.locale import catalog, languages

_FACTS = {"event": "friend_request", "network": "private", "wanted": False}


def problems(raw: Mapping[str, Any], required: Sequence[str]) -> Iterator[Problem]:  # noqa: ARG001  the form says which languages are missing
    """Yield an error where the facts give no reason to decline, and a warning where a model note is not one by its own checklist."""
    facts = raw.get("facts")
    if isinstance(facts, Mapping) and any(name in facts and facts[name] != value for name, value in _FACTS.items()):
        yield Problem("note_facts", ("facts",))
    texts = raw.get("text")
    for lang, text in texts.items() if isinstance(texts, Mapping) else ():
        models = text.get("model") if isinstance(text, Mapping) else None
        if lang not in languages() or not isinstance(models, list):
            continue
        for place, model in enumerate(models):
            if not isinstance(model, str):
                continue
            judged = assess_note(model, lang).criteria
            missing = [name for name in CRITERIA if name != "channel" and judged[name].met is False]
            if missing:
                named = ", ".join(catalog(lang)(f"note.short_names.{name}") for name in missing)
                yield Problem("note_model", ("text", lang, "model", place), {"criteria": named}, is_warning=True)
