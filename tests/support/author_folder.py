"""A folder to write in: a theme with two situations and comments, and what saves to it."""

from pathlib import Path
from typing import Any

from etiquette_kit.authoring import Draft, Drafts, Folder, Saving
from good_scenario import HEAD, scenario

FIRST = f"#:schema ./schema.json\n\n{HEAD}# the first one\n{scenario('one').lstrip()}\n# the second one\n{scenario('two').lstrip()}"


class Author:
    """A page with its folder, without a page."""

    def __init__(self, path: Path, page: str = "page") -> None:
        self.folder, self.page = Folder(path), page
        self.drafts = Drafts(path, path.parent / "drafts")
        self.saving = Saving(self.folder, self.drafts.path)

    def draft(self, key: str, **changes: Any) -> Draft:
        entry = self.folder.entries[key]
        return Draft("0" * 16, self.page, entry.file, dict(entry.raw), {**entry.raw, **changes})


def written_folder(tmp_path: Path, text: str = FIRST) -> Path:
    folder = tmp_path / "situations"
    folder.mkdir()
    (folder / "first.toml").write_text(text, encoding="utf-8", newline="")
    return folder
