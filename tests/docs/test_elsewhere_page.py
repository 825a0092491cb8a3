"""docs/elsewhere.md and the files it speaks of agree."""

import json
import re
from itertools import takewhile
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from command_check import commands, mistake
from doc_pages import ROOT, read, shell_lines

PAGE = read("docs/elsewhere.md")
CONTAINER = json.loads(read(".devcontainer/devcontainer.json"))


def test_the_addresses_for_binder_open_notebooks_that_exist():
    addresses = re.findall(r"https://mybinder\.org/v2/[^\s)`]+", PAGE)
    assert len(addresses) >= 2
    for address in addresses:
        (path,) = parse_qs(urlsplit(address).query)["urlpath"]
        assert unquote(path).startswith("voila/render/")
        assert (ROOT / unquote(path).removeprefix("voila/render/")).is_file()


@pytest.mark.parametrize("name", ["postCreateCommand", "postAttachCommand"])
def test_the_commands_of_the_container_are_right_and_those_of_the_readme(name: str):
    known = [words for line in shell_lines(read("README.md")) for words in commands(line)]
    for words in commands(CONTAINER[name]):
        assert mistake(words) == ""
        assert list(takewhile(lambda word: not word.startswith("--"), words)) in known


def test_the_container_forwards_the_port_that_its_quiz_has_and_the_page_names_both():
    port = re.search(r"--port (\d+)", CONTAINER["postAttachCommand"])
    assert port
    assert CONTAINER["forwardPorts"] == [int(port[1])]
    assert list(CONTAINER["portsAttributes"]) == [port[1]]
    assert CONTAINER["postAttachCommand"] in PAGE
    assert re.search(r"python:1-3\.\d+-", CONTAINER["image"])
