"""`etiquette export` for software that takes questions: a file for each language, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer

from etiquette_kit.bank import Bank
from etiquette_kit.cli import scorm_package, xapi_statements
from etiquette_kit.cli.options import ERRORS, USAGE, checked_list, chosen_bank, fail
from etiquette_kit.cli.output_errors import output_errors
from etiquette_kit.content.scenario import Scenario
from etiquette_kit.exchange import ITEM_FORMATS, TARGETS, Collection, LeftOut, Target, collections
from etiquette_kit.exchange.output import is_file_path, write_files
from etiquette_kit.formats import formats as all_formats
from etiquette_kit.locale import Catalog, catalog, plural, with_names
from etiquette_kit.locale.legible import path_shown, shortened
from etiquette_kit.locale.nearest import nearest

_NAMED = 8
"""How many ids of what is left out are listed; of more, only the number."""


def export_questions(
    target: str,
    destination: Path,
    formats: str | None,
    scenarios: str | None,
    bank: Path | None,
    languages: str | None,
    words: Catalog,
    *,
    lang: str | None,
    force: bool,
) -> None:
    """Write the files, and say where they are, what is left out and what to do next; `lang` is the language that was asked for, if any."""
    found = _target(target, words)
    playable = chosen_bank(bank, words, languages)
    chosen = checked_list(scenarios, bank, words, languages)
    wanted = _formats(formats, words) or (all_formats() if chosen is None else ITEM_FORMATS)
    listed = [playable[name] for name in chosen.scenarios] if chosen else None
    title = chosen.title if chosen else ""
    made = collections(playable, _languages(playable, listed, lang, destination, found, words), wanted, found.formats, listed, title)
    if not made:
        fail(f"etiquette: {words('exchange.nothing', target=found.name, formats=', '.join(found.formats))}", ERRORS)
    files = {_path(destination, found, collection): collection for collection in made}
    with output_errors(words):
        write_files({path: found.write(collection) for path, collection in files.items()}, force=force)
    for path, collection in files.items():
        lang_name = catalog(collection.lang)("language.name")
        typer.echo(plural(words, "exchange.written", len(collection.items), path=path_shown(path), language=lang_name))
    for line in _left_out_lines(made, found, words):
        typer.echo(line)
    typer.echo(words(f"exchange.next.{found.name.replace('-', '_')}"))


def _target(given: str, words: Catalog) -> Target:
    if given not in TARGETS:
        known = (scorm_package.NAME, *TARGETS, xapi_statements.NAME)
        near = nearest(given, known) or ""
        hint = f" {words('exchange.meant', nearest=near)}" if near else ""
        named = {"given": shortened(given, 60), "allowed": ", ".join(known)}
        fail(f"etiquette: {words('exchange.no_target', **named)}{hint}", USAGE)
    return TARGETS[given]


def _formats(given: str | None, words: Catalog) -> tuple[str, ...]:
    """Return the formats that are asked for; nothing where none is named."""
    if given is None:
        return ()
    named = tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    for name in named or (given,):
        if name not in all_formats():
            fail(f"etiquette: {words('exchange.no_format', given=shortened(name, 60), allowed=', '.join(all_formats()))}", USAGE)
    return named


def _languages(
    bank: Bank, listed: Sequence[Scenario] | None, lang: str | None, destination: Path, target: Target, words: Catalog
) -> tuple[str, ...]:
    """Return the languages to write: the one that is asked for, or else all that there are; into a file goes one alone."""
    written = [name for name in bank.languages if any(name in found.languages for found in (bank if listed is None else listed))]
    if lang is None and not is_file_path(destination, target.ending):
        return tuple(written)
    only = lang or (words.lang if words.lang in written else next(iter(written), words.lang))
    if only not in written:
        fail(f"etiquette: {words('serve.unwritten', written=with_names(written) or '–')}", ERRORS)
    return (only,)


def _path(destination: Path, target: Target, collection: Collection) -> Path:
    return destination if is_file_path(destination, target.ending) else destination / target.file_name(collection.lang)


def _left_out_lines(made: Sequence[Collection], target: Target, words: Catalog) -> Iterator[str]:
    """Yield what is left out, each thing once for all languages."""
    for entry in dict.fromkeys(entry for collection in made for entry in collection.left_out):
        yield _left_out_line(entry, target, words)


def _left_out_line(entry: LeftOut, target: Target, words: Catalog) -> str:
    ids = ": " + ", ".join(entry.ids) if len(entry.ids) <= _NAMED else ""
    language = catalog(entry.lang)("language.name") if entry.lang else ""
    values = {"format": entry.format, "target": target.name, "language": language}
    return plural(words, f"exchange.left_out.{entry.kind}", len(entry.ids), **values) + ids
