"""The command line, `etiquette`: one file for each command."""

from etiquette_kit.cli.commands import app, main

__all__ = ["app", "main"]
