"""What is wrong with a command as somebody would type it. Nothing is run."""

import ast
import importlib
import importlib.util
import re
import shlex
import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main
from doc_pages import ROOT, read
from etiquette_kit.cli import app

_WHOLE: Any = typer.main.get_command(app)
_OPTIONS = {spelled for param in _WHOLE.params for spelled in param.opts} | {"-h", "--help"}
ETIQUETTE = _WHOLE.commands


def all_commands() -> dict[str, Any]:
    """Return every command, those within another by both words."""
    found: dict[str, Any] = dict(ETIQUETTE)
    for name, command in ETIQUETTE.items():
        found |= {f"{name} {inner}": entry for inner, entry in getattr(command, "commands", {}).items()}
    return found


_PROGRAMS = ("uv", "python", "pip", "etiquette", "jupyter", "voila", "pytest", "ruff", "git", "cd")
_OWN = ("my-", "~", "$")  # what a reader's own files begin with on these pages
_SUFFIXES = {".cff", ".ipynb", ".json", ".md", ".py", ".toml", ".yml"}
_PROJECT = tomllib.loads(read("pyproject.toml"))
_MARKERS = {line.partition(":")[0] for line in _PROJECT["tool"]["pytest"]["ini_options"]["markers"]}
_GROUPS = set(_PROJECT["dependency-groups"])


def commands(line: str) -> Iterator[list[str]]:
    """Split a line of a shell into its commands; a file that output goes into counts as a word of its command."""
    grouped_code: list[str] = []
    for word in shlex.shlex(line, posix=True, punctuation_chars="&;|<>"):
        if word in ("&&", "||", ";", "|"):
            yield grouped_code
            grouped_code = []
        elif not set(word) <= set("<>"):
            grouped_code.append(word)
    if grouped_code:
        yield grouped_code


def is_command(line: str) -> bool:
    """Tell whether a line of a page is something to type, and not what a command prints or a picture of folders."""
    return re.match(rf"({'|'.join(_PROGRAMS)}) ", line) is not None and "…" not in line


def mistake(words: list[str]) -> str:
    """Return what is wrong with a command; empty where nothing is."""
    program, *rest = words
    known = {"uv": _uv_mistake, "etiquette": _etiquette_mistake, "python": _python_mistake, "git": _nothing, "cd": _nothing}
    return known[program](rest) if program in known else _program_mistake(program, rest)


def _nothing(_words: list[str]) -> str:
    return ""


def _uv_mistake(rest: list[str]) -> str:
    if rest[:1] == ["run"] and rest[1:]:
        grouped = rest[1] == "--group" and len(rest) > 3
        if grouped and rest[2] not in _GROUPS:
            return f"there is no dependency group {rest[2]!r}"
        return mistake(rest[3:] if grouped else rest[1:])
    return "" if rest == ["sync"] else f"uv is not used with {rest[:1]} on these pages"


def _program_mistake(program: str, rest: list[str]) -> str:
    if not _is_brought(program):
        return f"the project brings no {program!r}"
    if program == "jupyter" and not _is_brought(f"jupyter-{rest[0]}"):
        return f"jupyter has no {rest[0]!r}"
    if program == "pytest" and "-m" in rest:
        unknown = set(rest[rest.index("-m") + 1].split()) - {"not", "and", "or"} - _MARKERS
        if unknown:
            return f"there is no marker {sorted(unknown)}"
    return _missing_file(rest)


def _is_brought(program: str) -> bool:
    """Tell whether a program stands in the environment that the project's dependencies make up."""
    return shutil.which(program, path=str(Path(sys.executable).parent)) is not None


def _python_mistake(rest: list[str]) -> str:
    if rest[:1] == ["-c"]:
        return missing_import(rest[1]) or _missing_file(rest[2:])
    if rest[:1] == ["-m"]:
        module = rest[1]
        if module == "pip":
            return ""  # comes with Python
        if not (ROOT / module / "__main__.py").exists() and importlib.util.find_spec(module) is None:
            return f"there is no module {module!r}"
        return _missing_file(rest[2:])
    return _missing_file(rest)


def missing_import(code: str) -> str:
    """Return the first name of the kit that some Python code imports and that does not exist."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "etiquette_kit":
            module = importlib.import_module(node.module)
            for alias in node.names:
                if not hasattr(module, alias.name):
                    return f"{node.module} has no {alias.name!r}"
    return ""


def _missing_file(words: list[str]) -> str:
    for word in words:
        path = word.partition("::")[0]
        if word.startswith(("-", *_OWN)) or "://" in word or not ("/" in path or Path(path).suffix in _SUFFIXES):
            continue
        if not list(ROOT.glob(path)):
            return f"there is no file {path!r}"
    return ""


def _etiquette_mistake(arguments: list[str]) -> str:
    if not arguments or (len(arguments) == 1 and arguments[0] in _OPTIONS):
        return ""
    known = all_commands()
    name, rest = arguments[0], arguments[1:]
    if hasattr(known.get(name), "commands") and rest[:1] not in ([], ["--help"], ["-h"]):
        name, rest = f"{name} {rest[0]}", rest[1:]
    if name not in known:
        return f"there is no command {name.split()[-1]!r}"
    command = known[name]
    options = {spelled: param for param in command.params for spelled in param.opts if spelled.startswith("-")}
    takes_paths = any(param.param_type_name == "argument" for param in command.params)
    waiting = iter(rest)
    for word in waiting:
        if word in ("-h", "--help"):
            continue
        if not word.startswith("-"):
            if not takes_paths:
                return f"{name} takes no {word!r}"
            continue
        option = options.get(word)
        if option is None:
            return f"{name} has no option {word!r}"
        if not option.is_flag and next(waiting, None) is None:
            return f"{word} of {name} needs a value"
    return ""
