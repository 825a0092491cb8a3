"""A notebook with two quizzes and a live room on one store is killed: nothing that was acknowledged is missing."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from chosen_situations import BOSS_AND_COLLEAGUE
from etiquette_kit.store.sql.store import Store
from etiquette_kit.store.sql.verify import verify
from store_examples import stored_answers

NOTEBOOK = """
import sys
from etiquette_kit import LiveRoom, Quiz, load_bank

path = sys.argv[1]
bank = load_bank()
room = LiveRoom(bank, lang="en", scenarios=sys.argv[2:], port=0, store=path)
room.start()
quizzes = [Quiz(bank, store=path, key=name * 32, length=12) for name in "ab"]


def act(turn):
    for quiz in quizzes:
        assert quiz.answer(quiz.question.options[0]) is not None
        quiz.next()
    (room.back if turn % 2 else room.next)()  # waits until the store has it


act(0)
print("begun", flush=True)
sys.stdin.readline()
for turn in range(8):
    act(turn)
saved = [quiz.save_status["saved"] for quiz in quizzes]
assert saved == [9, 9], saved
print("done", flush=True)
sys.stdin.readline()
"""


@pytest.mark.slow
def test_two_quizzes_and_a_room_that_are_killed_beside_commands(tmp_path: Path):
    path = tmp_path / "answers.sqlite3"
    command = [sys.executable, "-c", NOTEBOOK, str(path), *BOSS_AND_COLLEAGUE]
    notebook = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert notebook.stdin is not None
    assert notebook.stdout is not None
    try:
        assert notebook.stdout.readline() == "begun\n"
        for command in (["data", "verify"], ["data", "purge"], ["data", "verify"]):
            subprocess.run([sys.executable, "-m", "etiquette_kit.cli", *command, "--store", str(path)], check=True, capture_output=True)
        notebook.stdin.write("\n")
        notebook.stdin.flush()
        assert notebook.stdout.readline() == "done\n"
    finally:
        notebook.kill()
        notebook.communicate()
    store = Store(path)
    assert len(stored_answers(store)) == 18
    with store.reading() as connection:
        bodies = connection.exec_driver_sql("SELECT body FROM room_events ORDER BY seq").scalars().all()
    assert sum(json.loads(body)["event"] == "went" for body in bodies) == 9
    assert list(verify(store)) == []
    store.close()
