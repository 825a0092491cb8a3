"""The templates of pages and sheets."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


@cache
def template(package: str, name: str) -> jinja2.Template:
    """Return a template that stands in a package's folder; what it is given is escaped, and all of it must be given."""
    import jinja2  # only where a page or a sheet is written

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader(package, "."),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    return environment.get_template(name)
