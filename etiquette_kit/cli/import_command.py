"""`etiquette import`: drafts of situations from questions in another format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from etiquette_kit.cli.options import ERRORS, USAGE, Lang, fail, words_of
from etiquette_kit.cli.output_errors import output_errors
from etiquette_kit.locale import Catalog, plural
from etiquette_kit.locale.legible import legible, path_shown, shortened

if TYPE_CHECKING:
    from etiquette_kit.exchange.drafts import Question, Unread

_FORMS = ("gift", "moodle-xml")
_ENDING = ".toml"


def import_command(
    source: Annotated[str, typer.Argument()],
    questions: Annotated[Path, typer.Argument()],
    draft: Annotated[Path, typer.Argument()],
    force: Annotated[bool, typer.Option("--force")] = False,
    lang: Lang = None,
) -> None:
    """Make drafts of situations from questions that somebody has; what is no single choice is named and left out."""
    from etiquette_kit.exchange.drafts import Question, Unread, draft_text
    from etiquette_kit.exchange.output import write_files

    words = words_of(lang)
    if source not in _FORMS:
        fail(f"etiquette: {words('exchange.no_source', given=shortened(source, 60), allowed=', '.join(_FORMS))}", USAGE)
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
    with output_errors(words):
        write_files({draft: text.encode()}, force=force)
    typer.echo(plural(words, "exchange.drafted", len(drafted), path=path_shown(draft), folder=path_shown(draft.parent)))


def _read(source: str, path: Path, words: Catalog) -> list[Question | Unread]:
    """Read a file of questions; end where that is not possible."""
    from etiquette_kit.exchange.drafts import ReadError, gift, moodle_xml

    read = gift.read if source == "gift" else moodle_xml.read
    try:
        return list(read(path.read_bytes().decode("utf-8-sig")))
    except FileNotFoundError:
        fail(f"etiquette: {words('check.no_path', path=path_shown(path))}", USAGE)
    except OSError as error:
        fail(f"etiquette: {words('exchange.cannot_read', path=path_shown(path), reason=error.strerror)}", USAGE)
    except UnicodeDecodeError:
        fail(f"etiquette: {words('exchange.cannot_read', path=path_shown(path), reason=words('exchange.unreadable.encoding'))}", ERRORS)
    except ReadError as error:
        reason = words(f"exchange.unreadable.{error.kind}", line=error.line)
        fail(f"etiquette: {words('exchange.cannot_read', path=path_shown(path), reason=reason)}", ERRORS)
