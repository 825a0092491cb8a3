"""`etiquette data …`: what is kept about someone, handed out, erased, purged when it is old, and looked through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etiquette_kit.cli.options import DONE, ERRORS, USAGE, Lang, Output, StoreAddress, fail, words_of
from etiquette_kit.cli.spoken_help import Command, Group
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.locale.legible import legible
from etiquette_kit.privacy.thresholds import RETENTION

if TYPE_CHECKING:
    from etiquette_kit.store.sql.personal_data import Removed
    from etiquette_kit.store.sql.store import Store

app = typer.Typer(cls=Group, no_args_is_help=True)


@app.callback()
def _common(lang: Lang = None) -> None:
    words_of(lang)  # ends where there is no such language; the commands are called with it


Pseudonym = Annotated[str, typer.Argument()]
DryRun = Annotated[bool, typer.Option("--dry-run")]


@contextmanager
def opened_store(address: str | None, words: Catalog) -> Iterator[Store]:
    """Open a store that is there; end where it is not, or cannot be used."""
    from etiquette_kit.quiz.store_errors import StoreError
    from etiquette_kit.store.sql.store import Store

    try:
        with closing(Store(address, replace_damaged=False)) as store:
            if not store.exists:
                fail(f"etiquette: {words('data.no_store', name=store.name)}", ERRORS)
            try:
                yield store
            except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
                if not _holds_wrong_values(store):
                    raise
                raise StoreError("unreadable", f"{store.name}: {error}") from error
            finally:
                if store.damaged_log is not None:
                    typer.echo(f"etiquette: {words('data.damaged_log', path=legible(str(store.damaged_log)))}", err=True)
    except StoreError as error:
        fail(f"etiquette: {words(f'data.{error.kind}')} ({error})", USAGE if error.kind == "address" else ERRORS)


def _holds_wrong_values(store: Store) -> bool:
    """Tell whether values stand in the store with which nothing that reads them has to reckon."""
    from etiquette_kit.store.sql.stored_values import wrong_values

    with store.reading() as connection:
        return store.is_own_file and bool(wrong_values(connection))


@app.command(cls=Command)
def export(
    pseudonym: Pseudonym,
    folder: Annotated[Path, typer.Option("--to")] = Path(),
    store: StoreAddress = None,
    lang: Lang = None,
    dry_run: DryRun = False,
) -> None:
    """Hand out all that is kept under a pseudonym, as JSON and as a table (CSV)."""
    from etiquette_kit.store.answers_csv import as_csv
    from etiquette_kit.store.sql import personal_data as privacy

    words = words_of(lang)
    with opened_store(store, words) as kept:
        told = privacy.export(kept, _find(kept, pseudonym, words))
    answers = sum(len(session["answers"]) for session in told["sessions"])
    files = {
        folder / f"{pseudonym}.json": json.dumps(told, ensure_ascii=False, indent=1),
        folder / f"{pseudonym}.csv": as_csv(told),
    }
    values = {"sessions": len(told["sessions"]), "answers": answers, "files": ", ".join(str(path) for path in files)}
    if dry_run:
        typer.echo(words("data.would_export", **values))
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in files.items():
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"etiquette: {words('data.no_folder', path=folder, reason=error.strerror)}", USAGE)
    typer.echo(words("data.exported", **values))


@app.command(cls=Command)
def erase(pseudonym: Pseudonym, store: StoreAddress = None, lang: Lang = None, dry_run: DryRun = False) -> None:
    """Erase all that is kept under a pseudonym, from the copies that the kit has made as well.

    Ends with 1 when something of it could not be reached.
    """
    from etiquette_kit.store.sql import personal_data as privacy
    from etiquette_kit.store.sql.copies import CopyChanges

    words = words_of(lang)
    with opened_store(store, words) as kept:
        found = privacy.participant_number(kept, pseudonym)
        if found is not None:
            removed = privacy.erase(kept, found, dry_run=dry_run)
        else:  # a copy may not have been reached the last time
            removed = privacy.erase_from_copies(kept, pseudonym=pseudonym, dry_run=dry_run)
            if removed.copies == CopyChanges():
                fail(_unknown(kept, pseudonym, words), USAGE)
    _say_removed(removed, words, dry_run=dry_run)


@app.command(cls=Command)
def purge(
    days: Annotated[int, typer.Option("--older-than", min=0)] = RETENTION.days,
    store: StoreAddress = None,
    lang: Lang = None,
    dry_run: DryRun = False,
) -> None:
    """Remove sessions that began, and rooms that were opened, longer ago than the retention period.

    They go from the copies that the kit has made as well, and old copies go as a whole.
    Ends with 1 when something of it could not be reached.
    """
    from etiquette_kit.store.sql import personal_data as privacy

    words = words_of(lang)
    with opened_store(store, words) as kept:
        removed = privacy.purge(kept, timedelta(days=days), dry_run=dry_run)
    typer.echo(words("data.older", days=days))
    _say_removed(removed, words, dry_run=dry_run)


@app.command(cls=Command)
def verify(
    store: StoreAddress = None,
    lang: Lang = None,
    output: Annotated[Output, typer.Option("--format")] = Output.text,
) -> None:
    """Look through the store: sequences without gaps, known scenarios, credits that come out the same again.

    Ends with 1 when something does not fit.
    """
    from etiquette_kit.store.sql import verify as verification
    from etiquette_kit.store.sql.damage import damaged_files

    words = words_of(lang)
    faults = []
    with opened_store(store, words) as kept:
        for fault in verification.verify(kept):
            faults.append(fault)
            if output is Output.text:
                place = "/".join(str(part) for part in (fault.session, fault.seq) if part is not None)
                typer.echo(f"{place or '–'}: {words(f'verify.{fault.kind}', **fault.values)}")
        aside = damaged_files(kept.url) if kept.is_own_file else []
    if output is Output.json:
        listed = [{"kind": fault.kind, "session": fault.session, "seq": fault.seq, **fault.values} for fault in faults]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
    else:
        typer.echo(plural(words, "data.faults", len(faults)) if faults else words("data.sound"))
        for path in aside:
            typer.echo(words("data.aside", path=legible(str(path))))
    raise typer.Exit(ERRORS if faults else DONE)


def _find(store: Store, pseudonym: str, words: Catalog) -> int:
    from etiquette_kit.store.sql import personal_data as privacy

    found = privacy.participant_number(store, pseudonym)
    if found is None:
        fail(_unknown(store, pseudonym, words), USAGE)
    return found


def _unknown(store: Store, pseudonym: str, words: Catalog) -> str:
    return f"etiquette: {words('data.no_pseudonym', pseudonym=pseudonym, name=store.name)}"


def _say_removed(removed: Removed, words: Catalog, *, dry_run: bool) -> None:
    """Say what was removed, or would be; end with an error where some of it is still there."""
    values = {"participants": removed.participants, "sessions": removed.sessions, "answers": removed.answers}
    typer.echo(words("data.would_remove" if dry_run else "data.removed", **values))
    if removed.rooms:
        typer.echo(words("data.would_remove_rooms" if dry_run else "data.removed_rooms", rooms=removed.rooms))
    cleaned, whole, unreached = (", ".join(names) for names in (removed.copies.cleaned, removed.copies.removed, removed.copies.unreached))
    if cleaned:
        typer.echo(words("data.would_clean_copies" if dry_run else "data.cleaned_copies", names=cleaned))
    if whole:
        typer.echo(words("data.would_remove_copies" if dry_run else "data.removed_copies", names=whole))
    if unreached:
        typer.echo(f"etiquette: {words('data.unreached_copies', names=unreached)}", err=True)
    if not removed.scrubbed:
        typer.echo(f"etiquette: {words('data.unsettled')}", err=True)
    raise typer.Exit(DONE if removed.complete else ERRORS)
