"""The page of a trial as one HTML file: texts, style and script are in it, and it asks the network for nothing."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from etiquette_kit.web import WEB
from etiquette_kit.web.card_module import joined_module
from etiquette_kit.web.files import loaded_text

if TYPE_CHECKING:
    import jinja2

    from etiquette_kit.present.trial_form import TrialForm

_STYLES = ("shared/tokens.css", "shared/situation.css", "shared/controls.css", "trial/trial.css")


def trial_page(form: TrialForm) -> str:
    """Return the page for readers.

    The security policy in its head allows the page's own script and style and nothing else, so that no text in it can run or load
    anything.
    """
    script, style = joined_module("trial/trial.js"), "".join(loaded_text(WEB / name) for name in _STYLES)
    return _template().render(
        form=form, data=_data(form), script=script, style=style, script_hash=_policy_hash(script), style_hash=_policy_hash(style)
    )


def _data(form: TrialForm) -> str:
    """Return the form as JSON that cannot end the element in which it stands."""
    return msgspec.json.encode(form).decode().replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _policy_hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _template() -> jinja2.Template:
    import jinja2  # used only for this page

    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(WEB / "trial"), autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.get_template("page.html.j2")
