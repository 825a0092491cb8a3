"""The words of the screen: one TOML file per language, found by its name."""

from etiquette_kit.locale.catalog import Catalog, LanguageError, catalog, change_text, languages, percent_text, plural

__all__ = ["Catalog", "LanguageError", "catalog", "change_text", "languages", "percent_text", "plural"]
