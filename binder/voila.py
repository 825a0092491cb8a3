"""Settings of Voilà inside a Jupyter server, which reads them from a file of this name.

`etiquette quiz` starts Voilà by itself and hands it all this; Binder starts a Jupyter server of its own.
"""

from typing import Any

from etiquette_kit.hosts.launcher.course import page_resources, with_prose


def without_mathjax(page_config: dict[str, Any], **_: object) -> dict[str, Any]:
    """Keep the page from loading MathJax from a CDN: there are no formulas."""
    return page_config | {"fullMathjaxUrl": ""}


c = get_config()  # noqa: F821  Jupyter gives it to files of settings
c.VoilaConfiguration.template = "etiquette"
c.VoilaConfiguration.resources = {"etiquette": with_prose(page_resources())}
c.VoilaConfiguration.page_config_hook = without_mathjax
