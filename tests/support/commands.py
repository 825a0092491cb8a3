"""The command line, called in this process."""

import typer.testing
from etiquette_kit.cli import app

RUNNER = typer.testing.CliRunner()


R3 = ["--event", "friend_request", "--relation", "client", "--network", "private", "--wanted", "no"]


def run(*arguments: str, code: int = 0) -> typer.testing.Result:
    result = RUNNER.invoke(app, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert "Traceback" not in result.output
    assert result.exit_code == code, result.output
    return result
