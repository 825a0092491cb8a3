"""Help, and the answer to a wrong call, in the language of the system or of `--lang`.

What typer brings of its own is English, and is not used.
"""

from __future__ import annotations

import inspect
import typing
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Any, ClassVar, NoReturn

import typer
from typer.core import TyperCommand, TyperGroup
from typer.models import ParameterInfo

from etiquette_kit.cli.options import USAGE
from etiquette_kit.locale import DEFAULT_LANGUAGE, Catalog, catalog, languages, with_names
from etiquette_kit.locale.legible import escaped, shortened
from etiquette_kit.locale.nearest import nearest
from etiquette_kit.locale.system_language import system_language

_USAGE_ERROR: type[Exception] = typer.BadParameter.__mro__[1]  # typer has it under different names, and exports only this subclass
_LANG = "etiquette_kit.lang"
_HELP = ("-h", "--help")
_LONGEST = 60


class _Spoken:
    """A command or a group of them that speaks the language of whoever calls it. Contexts and formatters are click's, or typer's own."""

    params: ClassVar[Any]
    callback: ClassVar[Any]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; end where they do not fit."""
        _note_language(ctx, args)
        try:
            rest: list[str] = super().parse_args(ctx, args)  # type: ignore[misc]  # of the class that this one is mixed into
        except _USAGE_ERROR as error:
            if type(error).__name__ == "NoArgsIsHelpError":
                typer.echo(ctx.get_help(), err=True)
                raise typer.Exit(USAGE) from None
            _end(ctx, self._what_is_wrong(error, ctx))
        return rest

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        words, path = _words(ctx), _path(ctx)
        given = [param for param in self.params if param.param_type_name == "argument"]
        chosen = [param for param in self.params if param.param_type_name == "option"]
        commands: dict[str, Any] = getattr(self, "commands", {})
        places = [words("help.options_place"), *(_place(param, words) for param in given)]
        formatter.write_usage(
            ctx.command_path, " ".join([*places, *([words("help.command_place")] if commands else [])]), prefix=words("help.usage")
        )
        formatter.write_paragraph()
        formatter.write_text(_about(path, words))
        rows = {
            "arguments": [(_value(param, words), _described(self, param, path, words)) for param in given],
            "commands": [(name, _about((*path, name), words).partition("\n")[0]) for name in commands],
            "options": [
                *((_spelled(param, words), _described(self, param, path, words)) for param in chosen),
                (", ".join(_HELP), words("help.help")),
            ],
        }
        for name, lines in rows.items():
            if lines:
                with formatter.section(words(f"help.{name}")):
                    formatter.write_dl(lines)
        if commands:
            formatter.write_paragraph()
            formatter.write_text(words("help.more", command=ctx.command_path))

    def _what_is_wrong(self, error: Any, ctx: Any) -> str:
        words = _words(ctx)
        spelled = {name: param for param in self.params for name in param.opts}
        param = getattr(error, "param", None) or spelled.get(getattr(error, "option_name", None))
        match type(error).__name__:
            case "NoSuchOption":
                near = nearest(error.option_name, [*(name for name in spelled if name.startswith("-")), *_HELP])
                return _with_nearest(words("help.wrong.option", given=_short(error.option_name)), near, words)
            case "BadOptionUsage" if param is not None:
                if param.is_flag:
                    return words("help.wrong.no_value", option=param.opts[0])
                return words("help.wrong.needs_value", option=param.opts[0], value=_value(param, words))
            case "MissingParameter" if param is not None:
                return words("help.wrong.missing", value=_value(param, words), help=_text(param, _path(ctx), words))
            case "BadParameter" if param is not None:
                return self._wrong_value(param, ctx, words)
            case _:
                left = [str(part) for part in ctx.args] or [str(error)]
                return words("help.wrong.extra", given=_short(" ".join(left)))

    def _wrong_value(self, param: Any, ctx: Any, words: Catalog) -> str:
        """Return what an option takes, of which it got something else."""
        kind, info = _declared(self.callback, param.name)
        option = param.opts[0] if param.param_type_name == "option" else _value(param, words)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return words("help.wrong.choice", option=option, allowed=", ".join(str(entry.value) for entry in kind))
        if kind is int and info is not None and info.max is not None:
            return words("help.wrong.whole_between", option=option, least=f"{info.min:.0f}", most=f"{info.max:.0f}")
        if kind is int and info is not None and info.min is not None:
            return words("help.wrong.whole_from", option=option, least=f"{info.min:.0f}")
        if kind is int:
            return words("help.wrong.whole", option=option)
        return words("help.wrong.value", option=option, help=_text(param, _path(ctx), words))


class Command(_Spoken, TyperCommand):
    """A command."""

    allow_extra_args = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; end where there are too many, which are kept in order to name them."""
        named = ctx.meta.get(_LANG)  # before the command's name, maybe
        if named and any(param.name == "lang" for param in self.params):
            args = ["--lang", named, *args]
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            _end(ctx, _words(ctx)("help.wrong.extra", given=_short(" ".join(rest))))
        return rest


class Group(_Spoken, TyperGroup):
    """Several commands."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that is called; end where there is none of its name."""
        if args and args[0] not in self.commands and not ctx.resilient_parsing:
            words = _words(ctx)
            line = words("help.wrong.command", given=_short(args[0]), allowed=", ".join(self.commands))
            _end(ctx, _with_nearest(line, nearest(args[0], self.commands), words))
        return super().resolve_command(ctx, args)


def help_texts(command: Any, path: Sequence[str] = ()) -> Iterator[tuple[str, Any]]:
    """Yield the keys of all texts that the help of a command and of those in it needs, with the parameter that each is about, if any."""
    yield _text_key(path), None
    for param in command.params:
        yield _key(param, path), param
    for name, inner in getattr(command, "commands", {}).items():
        yield from help_texts(inner, (*path, name))


def _note_language(ctx: Any, args: Sequence[str]) -> None:
    """Remember the language that a call names, so that its help and its mistakes are in it, wherever the option stands."""
    for name, value in zip(args, [*args[1:], ""], strict=False):
        option, _, joined = name.partition("=")
        found = joined or value
        if option == "--lang" and found in languages():
            ctx.meta[_LANG] = found


def _words(ctx: Any) -> Catalog:
    return catalog(ctx.meta.get(_LANG) or system_language())


def _path(ctx: Any) -> tuple[str, ...]:
    """Return the names of a command and of the groups it is in, without the program's."""
    return () if ctx.parent is None else (*_path(ctx.parent), ctx.info_name)


def _text_key(path: Sequence[str]) -> str:
    return ".".join(["help", *path, "text"])


def _about(path: Sequence[str], words: Catalog) -> str:
    """Return what a command does; the first paragraph says it in short."""
    return words(_text_key(path))


def _key(param: Any, path: Sequence[str]) -> str:
    """Return the key of a parameter's text: that of its command, or else the common one."""
    own = ".".join(["help", *path, param.name])
    return own if catalog(DEFAULT_LANGUAGE).get(own) is not None else f"help.common.{param.name}"


def _text(param: Any, path: Sequence[str], words: Catalog) -> str:
    values = {"languages": with_names(languages()), "default": DEFAULT_LANGUAGE, "example": ",".join(languages()[:2])}
    return words(_key(param, path), **values)


def _described(command: Any, param: Any, path: Sequence[str], words: Catalog) -> str:
    parts = [_text(param, path, words)]
    kind, _ = _declared(command.callback, param.name)
    if param.required:
        parts.append(words("help.required"))
    elif kind is not bool and param.default is not None:
        value = param.default.value if isinstance(param.default, Enum) else param.default
        parts.append(words("help.default", value=value))
    return " ".join(parts)


def _declared(callback: Any, name: str) -> tuple[Any, ParameterInfo | None]:
    """Return the type of a command's parameter, without None, and what it says about it to typer."""
    function = inspect.unwrap(callback) if callback else None
    annotation = typing.get_type_hints(function, include_extras=True).get(name) if function else None
    info = next((entry for entry in getattr(annotation, "__metadata__", ()) if isinstance(entry, ParameterInfo)), None)
    plain = getattr(annotation, "__origin__", annotation) if info else annotation
    kinds = [kind for kind in typing.get_args(plain) if kind is not type(None)]
    return kinds[0] if kinds else plain, info


def _value(param: Any, words: Catalog) -> str:
    """Return the name of what a parameter takes."""
    return words(f"help.values.{param.name}")


def _place(param: Any, words: Catalog) -> str:
    value = f"{_value(param, words)} …" if param.nargs == -1 else _value(param, words)
    return value if param.required else f"[{value}]"


def _spelled(param: Any, words: Catalog) -> str:
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {_value(param, words)}"


def _short(text: str) -> str:
    return shortened(escaped(text), _LONGEST)


def _with_nearest(line: str, near: str | None, words: Catalog) -> str:
    return f"{line} {words('findings.nearest', nearest=near)}" if near else line


def _end(ctx: Any, line: str) -> NoReturn:
    typer.echo(f"etiquette: {line}\n{_words(ctx)('help.wrong.see', command=ctx.command_path)}", err=True)
    raise typer.Exit(USAGE)
