"""`etiquette export xapi`: what the people of a group answered, as statements for a learning record store."""

from __future__ import annotations

import json
import re
from pathlib import Path

import typer

from etiquette_kit.cli.data import opened_store
from etiquette_kit.cli.options import ERRORS, USAGE, fail
from etiquette_kit.cli.output_errors import output_errors
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.locale.legible import path_shown, shortened

NAME = "xapi"
_ENDING = ".jsonl"
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s?#]*")


def export_statements(out: Path, cohort: str | None, store: str | None, home: str | None, words: Catalog, *, force: bool) -> None:
    """Write the statements as lines of JSON; end where that is not possible, or nobody of the group agreed."""
    from etiquette_kit.exchange.output import write_files
    from etiquette_kit.exchange.stored_sessions import consenting, records
    from etiquette_kit.exchange.xapi import HOME, statements

    if cohort is None:
        fail(f"etiquette: {words('exchange.xapi.no_cohort')}", USAGE)
    if home is not None and not _ADDRESS.fullmatch(home):
        fail(f"etiquette: {words('exchange.xapi.home', value=shortened(home, 60))}", USAGE)
    if not out.name.lower().endswith(_ENDING):
        fail(f"etiquette: {words('exchange.xapi.file', path=path_shown(out))}", USAGE)
    lines: list[str] = []
    persons = 0
    with opened_store(store, words) as kept:
        contents = records(kept)
        for person in consenting(kept, cohort):
            said = list(statements(person, cohort, contents, home or HOME))
            persons += bool(said)
            lines += [json.dumps(statement, ensure_ascii=False) for statement in said]
        if not lines:
            fail(f"etiquette: {words('exchange.xapi.nothing', name=kept.name, cohort=cohort)}", ERRORS)
    with output_errors(words):
        write_files({out: "".join(f"{line}\n" for line in lines).encode()}, force=force)
    typer.echo(plural(words, "exchange.xapi.written", len(lines), path=path_shown(out), persons=persons, cohort=cohort))
    typer.echo(words("exchange.xapi.notice"))
    typer.echo(words("exchange.next.xapi"))
