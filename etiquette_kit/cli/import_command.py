"""`etiquette import`: drafts of situations from questions in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from etiquette_kit.cli.options import ERRORS, USAGE, Lang, fail, words_of
from etiquette_kit.exchange.drafts import Question, ReadError, Unread, draft_text, gift, moodle_xml
from etiquette_kit.exchange.output import OutputError, write_files
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.locale.legible import legible, path_shown, shortened

_READERS = {"gift": gift.read, "moodle-xml": moodle_xml.read}
_ENDING = ".toml"


def import_command(
    source: Annotated[str, typer.Argument()],
    questions: Annotated[Path, typer.Argument()],
    draft: Annotated[Path, typer.Argument()],
    force: Annotated[bool, typer.Option("--force")] = False,
    lang: Lang = None,
) -> None:
    """Make drafts of situations from questions that somebody has; what is no single choice is named and left out."""
    words = words_of(lang)
    if source not in _READERS:
        fail(f"etiquette: {words('exchange.no_source', given=shortened(source, 60), allowed=', '.join(_READERS))}", USAGE)
    if not draft.name.lower().endswith(_ENDING):
        fail(f"etiquette: {words('exchange.no_toml', path=path_shown(draft))}", USAGE)
    found = _read(source, questions, words)
    for entry in found:
        if isinstance(entry, Unread):
            reason = words(f"exchange.unread.{entry.kind}")
            typer.echo(words("exchange.skipped", line=entry.line, title=legible(shortened(entry.title, 60)), reason=reason), err=True)
    drafted = [entry for entry in found if isinstance(entry, Question)]
    if not drafted:
        fail(f"etiquette: {words('exchange.no_draft', path=path_shown(questions))}", ERRORS)
    text = draft_text(drafted, questions.stem, questions.name, words)
    try:
        write_files({draft: text.encode()}, force=force)
    except OutputError as error:
        fail(f"etiquette: {words(f'exchange.{error.kind}', path=path_shown(error.path), reason=error.reason)}", USAGE)
    typer.echo(plural(words, "exchange.drafted", len(drafted), path=path_shown(draft), folder=path_shown(draft.parent)))


def _read(source: str, path: Path, words: Catalog) -> list[Question | Unread]:
    """Read a file of questions; end where that is not possible."""
    try:
        return list(_READERS[source](path.read_bytes().decode("utf-8-sig")))
    except FileNotFoundError:
        fail(f"etiquette: {words('check.no_path', path=path_shown(path))}", USAGE)
    except OSError as error:
        fail(f"etiquette: {words('exchange.cannot_read', path=path_shown(path), reason=error.strerror)}", USAGE)
    except UnicodeDecodeError:
        fail(f"etiquette: {words('exchange.cannot_read', path=path_shown(path), reason=words('exchange.unreadable.encoding'))}", ERRORS)
    except ReadError as error:
        reason = words(f"exchange.unreadable.{error.kind}", line=error.line)
        fail(f"etiquette: {words('exchange.cannot_read', path=path_shown(path), reason=reason)}", ERRORS)
