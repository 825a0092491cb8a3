"""`etiquette advise`: what the article advises in one situation."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from etiquette_kit.cli.options import USAGE, Lang, Output, fail, words_of
from etiquette_kit.rules import Facts, FactsError, decide
from etiquette_kit.rules.passages import source


def advise(
    event: Annotated[str | None, typer.Option()] = None,
    relation: Annotated[str | None, typer.Option()] = None,
    network: Annotated[str | None, typer.Option()] = None,
    wanted: Annotated[str | None, typer.Option()] = None,
    sensitive: Annotated[str | None, typer.Option()] = None,
    personal: Annotated[str | None, typer.Option()] = None,
    lang: Lang = None,
    output: Annotated[Output, typer.Option("--format")] = Output.text,
) -> None:
    """Say what the article advises in one situation: each action's grade, what it rests on, and the reason.

    Example: etiquette advise --event friend_request --relation client --network private --wanted no
    """
    words = words_of(lang)
    named = {"event": event, "relation": relation, "network": network}
    truths = {"wanted": _truth(wanted), "sensitive": _truth(sensitive), "personal": _truth(personal)}
    try:
        advice = decide(Facts.from_mapping({**named, **truths}))
    except FactsError as error:
        lines = [
            words(f"findings.{problem.kind}", fact=problem.fact, value=problem.value, allowed=", ".join(problem.allowed))
            + (f" {words('findings.nearest', nearest=problem.nearest)}" if problem.nearest else "")
            for problem in error.problems
        ]
        fail("\n".join(f"--{problem.fact}: {line}" for problem, line in zip(error.problems, lines, strict=True)), USAGE)
    if output is Output.json:
        typer.echo(json.dumps(advice.as_dict(words.lang), ensure_ascii=False, indent=2))
        return
    typer.echo(words("advisor.rule" if advice.grades else "advisor.silent", rule=advice.rule))
    for action in advice.basis:
        grade, tag = ("–", "") if action not in advice.grades else (str(advice.grades[action]), f" ({advice.tag(action, words.lang)})")
        typer.echo(f"\n{grade} {words(f'actions.{action}')}: {advice.verdict(action, words.lang)}{tag}")
        typer.echo(f"  {advice.reason(action, words.lang)}")
        if advice.passages[action]:
            typer.echo(f"  {source(advice.passages[action], words.lang)}")


def _truth(value: str | None) -> str | bool | None:
    """Read yes and no; anything else stays as it is, to be refused with the allowed values."""
    return {"yes": True, "no": False}.get(value.lower(), value) if value is not None else None
