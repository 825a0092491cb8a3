"""The page says once that the latest answers may be missing, and where a copy of the damaged log is."""

from pathlib import Path

from etiquette_kit.locale import catalog
from etiquette_kit.store.sql.store import Store
from quiz_examples import saved_by, visited
from store_examples import Tab, killed


def test_the_quiz_says_so_once_and_goes_on(tmp_path: Path):
    path = tmp_path / "answers.sqlite3"
    Store(path).prepare()

    def play() -> Tab:
        tab = Tab(Store(path), "another token", length=20)
        for _ in range(20):
            tab.answer()
            tab.next()
        return tab

    killed(play)
    with path.with_name(f"{path.name}-wal").open("r+b") as file:
        file.seek(20_000)
        file.write(b"damage" * 20)
    quiz, browser = visited(Store(path))
    (copy,) = tmp_path.glob("*.damaged-*-wal")
    assert quiz.notice == catalog("de")("store.damaged_log", path=copy)
    browser.start()
    browser.answer()
    assert (quiz.notice, saved_by(quiz)) == ("", [1])
    again = Store(path)
    again.prepare()
    assert again.damaged_log is None
    again.close()
