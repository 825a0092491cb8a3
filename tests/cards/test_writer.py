"""The list of the author's page: what is searched, narrowed down, deleted and copied, without a browser."""

from pathlib import Path

from author_folder import FIRST, written_folder
from etiquette_kit import load_bank
from etiquette_kit.locale import catalog
from good_scenario import HEAD, scenario
from writing import Writing

WORDS = catalog("de")


def test_the_list_is_searched_and_narrowed_down(folder: Path):
    page = Writing(folder)
    assert (page.page["kind"], page.page["found"]) == ("list", WORDS("writer.listed", count=2))
    assert page.page["folder"] == str(folder)
    page.do("search", text="gibt es nicht")
    assert (page.page["rows"], page.page["found"]) == ([], WORDS("writer.found_none", total=2))
    page.do("show_all")
    for name, value, count in (("relation", "client", 2), ("relation", "boss", 0), ("event", "message", 0), ("theme", "first.toml", 2)):
        page.do("show_all")
        page.do("narrow", name=name, value=value)
        assert len(page.page["rows"]) == count, (name, value)


def test_the_list_finds_words_in_every_text(folder: Path):
    page = Writing(folder)
    for words in ("ONE", "druckerei scherz", "I choose b", "Ada"):
        page.do("search", text=words)
        assert page.page["rows"], words


def test_findings_are_looked_for_when_they_are_asked_for_and_filter_the_list(tmp_path: Path):
    broken = scenario("three").replace('action = "accept_open"', 'action = "accept"')
    page = Writing(written_folder(tmp_path, FIRST + broken))
    assert not page.page["surveyed"]
    page.do("survey")
    states = {row["key"]: row["state"] for row in page.page["rows"]}
    assert states == {"one": "fine", "two": "warning", "three": "error"}  # its stem resembles that of the first
    page.do("narrow", name="state", value="error")
    assert [row["key"] for row in page.page["rows"]] == ["three"]


def test_a_long_list_is_shown_in_parts(tmp_path: Path):
    page = Writing(written_folder(tmp_path, HEAD + "".join(scenario(f"number-{number}") for number in range(120))))
    assert (len(page.page["rows"]), page.page["more"]) == (50, WORDS("writer.more", count=70))
    page.do("more")
    page.do("more")
    assert (len(page.page["rows"]), page.page["more"]) == (120, "")


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_listed(folder: Path):
    (folder / "second.toml").write_text('[theme]\ntitle.de = "Zwei\n', encoding="utf-8")
    page = Writing(folder)
    assert len(page.page["rows"]) == 2
    (trouble,) = page.page["troubles"]
    assert "second.toml" in trouble


def test_an_unusual_situation_is_told_and_not_opened(tmp_path: Path):
    page = Writing(
        written_folder(
            tmp_path, HEAD + scenario("one").replace("[[scenario.option]]", "[scenario.option]", 1).split("[[scenario.option]]")[0]
        )
    )
    page.do("open", key="one")
    assert page.page["kind"] == "list"
    assert page.page["said"] == WORDS("writer.unusual", file="first.toml", number=1)


def test_a_situation_is_deleted_and_brought_back(folder: Path):
    page = Writing(folder)
    page.do("delete", key="two")
    assert [row["key"] for row in page.page["rows"]] == ["one"]
    assert page.page["said"] == WORDS("writer.deleted", title="Eine Anfrage", file="deleted/two.txt")
    page.do("bring_back")
    assert (folder / "first.toml").read_text(encoding="utf-8") == FIRST
    assert page.page["bring_back"] == ""


def test_a_copy_is_a_new_situation_without_a_twin(folder: Path):
    page = Writing(folder)
    page.do("duplicate", key="one")
    assert page.page["values"]["id"] == "one-2"
    page.edit(text__de__title="Noch eine Anfrage")
    page.do("keep")
    assert len(load_bank(folder)) == 3
    assert (folder / "first.toml").read_text(encoding="utf-8").startswith(FIRST)


def test_the_page_is_there_in_every_language(folder: Path):
    page = Writing(folder, lang="en")
    assert page.page["title"] == catalog("en")("writer.title")
    page.do("open", key="one")
    page.do("language", lang="de")
    assert page.page["groups"][0]["title"] == WORDS("writer.groups.facts")
