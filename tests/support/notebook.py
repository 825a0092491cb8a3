"""The notebooks of the course, and what one of them must come to on a page."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from etiquette_kit.content.shipped import shipped
from playwright.sync_api import Page, expect

FOLDER = shipped("notebooks")
WIDGET = "application/vnd.jupyter.widget-view+json"


@dataclass(frozen=True)
class Notebook:
    """A notebook by its address: ``"de/00_start"``."""

    address: str

    @property
    def path(self) -> Path:
        return FOLDER / f"{self.address}.ipynb"

    @cached_property
    def content(self) -> dict[str, Any]:
        return json.loads(self.path.read_bytes())

    @property
    def code(self) -> list[dict[str, Any]]:
        return [cell for cell in self.content["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]

    @property
    def widgets(self) -> int:
        """How many outputs are widgets; the notebooks are kept executed."""
        return sum(WIDGET in output.get("data", {}) for cell in self.code for output in cell["outputs"])

    def assert_drawn(self, page: Page) -> None:
        """Hold that no cell failed, and that each widget is there to be seen."""
        outputs = page.locator(".jp-OutputArea-output")
        widgets = outputs.and_(page.locator(".lm-Panel")).locator("> *")
        expect(widgets).to_have_count(self.widgets)
        for widget in widgets.all():
            expect(widget).to_be_visible()
            expect(widget).not_to_contain_text("Error displaying widget")
        expect(outputs.and_(page.locator("[data-mime-type$='stderr'], [data-mime-type$='error']"))).to_have_count(0)

    def unexecuted(self) -> str:
        """Return its text as before it was ever run."""
        cells = [cell | ({"outputs": [], "execution_count": None} if cell["cell_type"] == "code" else {}) for cell in self.content["cells"]]
        return json.dumps(self.content | {"cells": cells})


def addresses(lang: str = "*") -> list[str]:
    return sorted(path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob(f"{lang}/*.ipynb"))
