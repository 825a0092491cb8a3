"""Writing situations: a folder of TOML files, what is changed in it and not yet saved, and saving it without touching the rest."""

from etiquette_kit.authoring.drafts import Draft, Drafts
from etiquette_kit.authoring.file_on_disk import SaveError
from etiquette_kit.authoring.folder import Entry, Folder, Theme
from etiquette_kit.authoring.saving import Conflict, Saving
from etiquette_kit.authoring.writing_errors import UnwritableError

__all__ = ["Conflict", "Draft", "Drafts", "Entry", "Folder", "SaveError", "Saving", "Theme", "UnwritableError"]
