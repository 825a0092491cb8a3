"""What is said where a file cannot be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from etiquette_kit.cli.options import USAGE, fail
from etiquette_kit.locale import Catalog
from etiquette_kit.locale.legible import path_shown


@contextmanager
def output_errors(words: Catalog) -> Iterator[None]:
    """Say which file cannot be written and why, and end."""
    from etiquette_kit.exchange.output import OutputError

    try:
        yield
    except OutputError as error:
        fail(f"etiquette: {words(f'exchange.{error.kind}', path=path_shown(error.path), reason=error.reason)}", USAGE)
