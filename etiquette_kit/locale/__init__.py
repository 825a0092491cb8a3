"""The words of the screen: one TOML file per language, found by its name."""

from etiquette_kit.locale.catalog import Catalog, LanguageError, catalog, counted, languages, spoken_change, spoken_percent

__all__ = ["Catalog", "LanguageError", "catalog", "counted", "languages", "spoken_change", "spoken_percent"]
