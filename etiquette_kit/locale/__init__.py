"""The words of the screen: one folder per language, found by its name. Nothing else in the package knows a language's code."""

from etiquette_kit.locale.catalog import (
    DEFAULT_LANGUAGE,
    DEVELOPER_LANGUAGE,
    LANGUAGE_VARIABLE,
    Catalog,
    LanguageError,
    catalog,
    languages,
    matching,
    page_language,
    plural,
    with_names,
)

__all__ = [
    "DEFAULT_LANGUAGE",
    "DEVELOPER_LANGUAGE",
    "LANGUAGE_VARIABLE",
    "Catalog",
    "LanguageError",
    "catalog",
    "languages",
    "matching",
    "page_language",
    "plural",
    "with_names",
]
