"""JupyterLab as a person uses it: through its menus, with the kit's notebooks in a folder of their own."""

from __future__ import annotations

import json
import re
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from card import Card
from command import Command
from notebook import Notebook
from playwright.sync_api import Locator, Page, expect

_THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}


class LabServer(Command):
    """`etiquette lab` over a copy of the notebooks; all that JupyterLab keeps goes to a folder of its own, too."""

    def __init__(self, folder: Path, runtime: Path) -> None:
        self._notebooks = folder / "notebooks"
        config = folder / "config"
        config.mkdir()
        (config / "jupyter_lab_config.json").write_text('{ "LabApp": { "expose_app_in_browser": true } }')
        kept = {
            "JUPYTER_CONFIG_DIR": config,
            "JUPYTER_DATA_DIR": folder / "data",
            "JUPYTER_RUNTIME_DIR": runtime,
            "JUPYTERLAB_SETTINGS_DIR": folder / "settings",
            "JUPYTERLAB_WORKSPACES_DIR": folder / "workspaces",
        }
        super().__init__("lab", str(self._notebooks), environment={name: str(path) for name, path in kept.items()})
        self._base, _, self._token = re.split(r"(/lab/[^?]*\?token=)", self.url)
        self._emptied = 0

    def empty(self) -> str:
        """Return an address under which nothing stands open yet, whatever an earlier page left open."""
        self._emptied += 1
        return f"{self._base}/lab/workspaces/test-{self._emptied}?token={self._token}"

    def prepare(self, notebook: str) -> None:
        """Have a notebook as it was before it was run."""
        (self._notebooks / f"{notebook}.ipynb").write_text(Notebook(notebook).unexecuted(), encoding="utf-8")

    def end_kernels(self) -> None:
        for session in json.loads(self._ask("GET", "sessions")):
            self._ask("DELETE", f"sessions/{session['id']}")

    def _ask(self, method: str, path: str) -> bytes:
        headers = {"Authorization": f"token {self._token}"}
        request = urllib.request.Request(f"{self._base}/api/{path}", method=method, headers=headers)  # noqa: S310  our own address
        with urllib.request.urlopen(request, timeout=600) as answer:  # noqa: S310
            return bytes(answer.read())


@dataclass
class Lab:
    """JupyterLab, and in it one notebook."""

    page: Page

    def open(self, notebook: str) -> None:
        """Open a notebook for somebody new, and wait until its kernel is there."""
        self.page.wait_for_function("globalThis.jupyterapp !== undefined")
        self.page.evaluate("sessionStorage.removeItem('etiquette-kit-key')")
        self.page.evaluate(
            """async (path) => {
                await jupyterapp.restored;
                const opened = await jupyterapp.commands.execute("docmanager:open", { path });
                await opened.context.ready;
                await opened.context.sessionContext.ready;
            }""",
            f"{notebook}.ipynb",
        )

    def close(self) -> None:
        """Close the notebook without saving it."""
        self.page.evaluate("jupyterapp.shell.currentWidget.dispose()")

    @property
    def card(self) -> Card:
        return Card(self.page)

    @property
    def cards(self) -> Locator:
        return self.page.locator(".ek")

    @property
    def prompts(self) -> Locator:
        """What stands before each cell with code: its number once it was run."""
        return self.page.locator(".jp-CodeCell .jp-InputPrompt")

    def choose(self, menu: str, *entries: str) -> None:
        """Choose an entry of a menu, or of a menu inside it."""
        self.page.locator(".lm-MenuBar-item").get_by_text(menu, exact=True).click()
        for entry in entries:
            self.page.locator(".lm-Menu-item").get_by_text(entry, exact=True).click()

    def await_idle(self) -> None:
        # Until the kernel is there, the sign beside the notebook's name says that it is idle, too.
        expect(self.page.locator(".jp-StatusBar-TextItem").get_by_text(re.compile(r"^Python 3 .* \| Idle$"))).to_be_visible()

    def run_all(self, cells: int) -> None:
        """Run all cells, and wait until each has its number."""
        self.await_idle()
        self.choose("Run", "Run All Cells")
        self.await_run(cells)

    def await_run(self, cells: int) -> None:
        expect(self.prompts).to_have_text([f"[{number}]:" for number in range(1, cells + 1)])
        self.await_idle()

    def wear(self, theme: str) -> None:
        """Choose a theme; the system has the other one."""
        self.page.emulate_media(color_scheme="dark" if theme == "light" else "light")
        self.choose("Settings", "Theme", _THEMES[theme])

    def await_theme(self, theme: str) -> None:
        """Wait until JupyterLab has the theme, and every card with it."""
        expect(self.page.locator("body")).to_have_attribute("data-jp-theme-light", str(theme == "light").lower())
        expect(self.page.locator(f".ek:not([data-theme={theme}])")).to_have_count(0)

    def restart_and_run_all(self) -> None:
        self.choose("Kernel", "Restart Kernel and Run All Cells…")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()

    def await_fit(self) -> None:
        """Wait until neither the notebook nor the page around it scrolls sideways."""
        self.page.wait_for_function("""() => ['html', '.jp-WindowedPanel-outer', '.jp-OutputArea-output:has(.ek)']
            .flatMap((selector) => [...document.querySelectorAll(selector)])
            .every((node) => node.scrollWidth <= node.clientWidth)""")
