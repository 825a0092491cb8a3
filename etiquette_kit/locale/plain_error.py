"""Errors that the person who meets them can put right: a notebook shows one line in her language instead of a traceback."""

from __future__ import annotations

import traceback


class PlainError(Exception):
    """A mistake in what was asked for.

    The message of the exception is for developers. In IPython, and so in a notebook, the line in the reader's language stands in place of
    the traceback; ``%tb`` then shows the traceback.

    Parameters
    ----------
    key : str
        What is wrong; its text is in the locale under ``errors``. Empty where only the message says it.
    message : str, optional
        The message for developers. Default: that text.
    **values : object
        What the text needs; ``nearest``, where it is not empty, is the value that was probably meant.

    Attributes
    ----------
    lang : str or None
        The language of the page that was asked for; None where there is none: then the system's language is used.
    """

    def __init__(self, key: str, message: str | None = None, /, **values: object) -> None:
        self.key, self.values = key, values
        self.lang: str | None = None
        self._is_shown = False
        super().__init__(self._developer_text() if message is None else message)

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""  # a KeyError would quote it

    def _developer_text(self) -> str:
        from etiquette_kit.locale.catalog import DEVELOPER_LANGUAGE  # below this module, because its own error is of this kind

        return self.text(DEVELOPER_LANGUAGE)

    def text(self, lang: str) -> str:
        """Return what is wrong and what to do, as one line."""
        from etiquette_kit.locale.catalog import catalog  # as above

        if not self.key:
            return str(self)
        words = catalog(lang)
        line = words(f"errors.{self.key}", **self.values)
        near = self.values.get("nearest")
        return f"{line} {words('findings.nearest', nearest=near)}" if near else line

    def notebook_lines(self, lang: str) -> list[str]:
        """Return what a notebook shows."""
        return [self.text(lang)]

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows: the line; asked for the same error again, as ``%tb`` does, the traceback."""
        from etiquette_kit.locale.system_language import spoken_language

        if self._is_shown:
            return "".join(traceback.format_exception(self)).splitlines()
        self._is_shown = True
        return self.notebook_lines(self.lang or spoken_language())
