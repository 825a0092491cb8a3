"""CITATION.cff says what pyproject.toml says."""

import re
import tomllib

import yaml
from etiquette_kit import __version__
from repository import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_it_has_what_the_format_asks_for():
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["type"] == "software"
    assert all(isinstance(CITATION[key], str) and CITATION[key] for key in ("message", "title", "abstract"))


def test_version_license_authors_and_keywords_are_those_of_the_package():
    assert CITATION["version"] == PROJECT["version"] == __version__
    assert CITATION["license"] == PROJECT["license"]
    assert CITATION["authors"] == PROJECT["authors"]
    assert CITATION["keywords"] == PROJECT["keywords"]
    assert CITATION["title"] == re.sub("-", "_", PROJECT["name"])


def test_nothing_is_in_it_that_does_not_exist_yet():
    assert not {"doi", "identifiers", "date-released", "url", "repository-code"} & set(CITATION)
