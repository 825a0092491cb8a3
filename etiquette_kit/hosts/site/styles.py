"""The style sheets of the site's pages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from etiquette_kit.web import WEB
from etiquette_kit.web.card_module import style

_DARK = re.compile(r'^\.ek\[data-theme="dark"\] \{\n(?P<body>[^}]*)\}\n', re.MULTILINE)


def card_style() -> str:
    """Return the style sheet of all cards. Until a script has said which theme a card has, it has the system's."""
    workshop = ("workshop.css", "workshop/foot.css", "workshop/hands.css", "workshop/answer.css", "shared/take_home.css")
    sheet = style("save_status.css", "my_data.css", "confirmation.css", "chooser.css", *workshop)
    dark = _DARK.search(sheet)
    assert dark is not None
    system = f"\n@media (prefers-color-scheme: dark) {{\n.ek:not([data-theme]) {{\n{dark['body']}}}\n}}\n"
    return sheet[: dark.end()] + system + sheet[dark.end() :]


def page_style(languages: Sequence[str]) -> str:
    """Return the style sheet of what is around the cards; where a page has several languages, it shows the one that is chosen."""
    hidden = [f':root[data-language="{lang}"] [data-language]:not([data-language="{lang}"])' for lang in languages]
    sheets = "".join((WEB / "site" / name).read_text(encoding="utf-8") for name in ("site.css", "offline.css"))
    return sheets + f"\n{', '.join(hidden)} {{\n  display: none;\n}}\n"
