"""The page about the static site, and the workflow that publishes it."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import yaml
from command_check import commands, is_command, mistake
from doc_pages import ROOT, read
from etiquette_kit.hosts.site.build import first_visit
from etiquette_kit.hosts.site.lessons import LEFT_OUT

PAGE = read("docs/site.md")


def test_it_names_what_is_left_out():
    assert set(re.findall(r"`(\d\d_\w+)`", PAGE)) == LEFT_OUT


def test_the_workflow_builds_with_the_command_and_publishes_its_folder():
    workflow = yaml.safe_load((ROOT / "deploy" / "pages.yml").read_text(encoding="utf-8"))
    (job,) = workflow["jobs"].values()
    used = [step["uses"].partition("@")[0] for step in job["steps"] if "uses" in step]
    assert used == [
        "actions/checkout",
        "actions/setup-python",
        "actions/setup-node",
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert workflow["permissions"] == {"contents": "read", "pages": "write", "id-token": "write"}
    (folder,) = (step["with"]["path"] for step in job["steps"] if step.get("with", {}).get("path"))
    typed = [step["run"] for step in job["steps"] if "run" in step]
    assert all(is_command(line) for line in typed)
    assert [mistake(words) for line in typed for words in commands(line)] == [""] * len(typed)
    assert f"etiquette site {folder}" in typed[-1]


@pytest.mark.slow
def test_the_sizes_on_the_page_are_those_of_the_site(built_site: Path):
    first = [path.read_bytes() for path in first_visit(built_site)]
    found = re.search(r"about (\d+\.\d) MB with\s+compression and (\d+\.\d) MB without", PAGE)
    assert found
    compressed, plain = (float(figure) for figure in found.groups())
    assert sum(len(gzip.compress(body, 6)) for body in first) / 1e6 == pytest.approx(compressed, abs=0.3)
    assert sum(map(len, first)) / 1e6 == pytest.approx(plain, abs=0.5)
