"""What helps a group to write a refusal in pairs: the checklist, and two model notes. What people write is not typed in anywhere."""

from __future__ import annotations

import msgspec

from etiquette_kit.formats.note import checklist
from etiquette_kit.locale import Catalog


class WritingHelp(msgspec.Struct, frozen=True):
    """The checklist and two model notes, for a page that all see.

    Attributes
    ----------
    checklist_title, models_title : str
        The headings.
    checklist : tuple of str
        The lines of the checklist.
    models : tuple of str
        A note to somebody addressed by surname, and one to somebody addressed by first name.
    """

    checklist_title: str
    checklist: tuple[str, ...]
    models_title: str
    models: tuple[str, ...]


def writing_help(words: Catalog) -> WritingHelp:
    """Return what helps to write a refusal."""
    models = words.table("note.general_models")
    return WritingHelp(
        checklist_title=words("note.group_checklist"),
        checklist=tuple(checklist(words).values()),
        models_title=words("note.models_title"),
        models=(models["formal"], models["first_name"]),
    )
