"""Whoever opens, writes and closes in whichever order, in one process or in several, killed or not: what is acknowledged is kept."""

import random
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement
from pathlib import Path

import pytest
from crash_actors import ACTORS, Acknowledged, Worker
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.store import Store
from store_examples import BODIES, answer, begun

WRITERS = ("quiz A", "quiz B", "room")
STEPS = ("open", "write", "close")
PAIRS = list(combinations_with_replacement(ACTORS, 2))


@dataclass(frozen=True)
class Step:
    """What one actor does, in which process."""

    actor: int
    name: str
    process: int
    do: str


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with people of whom some can be erased, and some are old enough to be purged."""
    path = tmp_path_factory.mktemp("template") / "answers.sqlite3"
    store = Store(path)
    for number in range(6):
        Log(store).append(begun(store, f"key {number}"), 2, [answer()], BODIES)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE participants SET pseudonym = 'victim ' || id")
        connection.exec_driver_sql("UPDATE participants SET at = 0 WHERE id > 4")
        connection.exec_driver_sql("UPDATE sessions SET at = 0 WHERE participant > 4")
    store.close()
    return path


def interleavings(first: Sequence[Step], second: Sequence[Step]) -> Iterator[list[Step]]:
    """Yield every order of the steps of two actors in which each keeps its own."""
    total = len(first) + len(second)
    for places in combinations(range(total), len(first)):
        ours, theirs = iter(first), iter(second)
        yield [next(ours) if place in places else next(theirs) for place in range(total)]


def steps_of(actor: int, name: str, process: int) -> list[Step]:
    return [Step(actor, name, process, do) for do in STEPS]


def play(folder: Path, template: Path, steps: Sequence[Step], *, kill: bool) -> Acknowledged:
    """Have the steps done, then somebody else look at the store, then those that have it open write again; return what is missing."""
    path = folder / "answers.sqlite3"
    shutil.copyfile(template, path)
    workers: list[Worker] = []
    for _ in range(1 + max(step.process for step in steps)):
        workers.append(Worker(path, workers))
    acknowledged: set[tuple[str, int, int]] = set()
    is_open: dict[int, Step] = {}
    try:
        for step in steps:
            acknowledged.update(workers[step.process].do(step.actor, step.name, step.do))
            if step.do == "close":
                del is_open[step.actor]
            else:
                is_open[step.actor] = step
        other = Worker(path, workers)
        workers.append(other)
        for do in STEPS:
            other.do(99, "verify", do)
        for step in is_open.values():
            acknowledged.update(workers[step.process].do(step.actor, step.name, "write"))
    finally:
        for worker in workers:
            worker.end(kill=kill)
    connection = sqlite3.connect(path)
    found = {
        (table, *row)
        for table, owner in (("answers", "session"), ("room_events", "room"))
        for row in connection.execute(f"SELECT {owner}, seq FROM {table}")  # noqa: S608  names of our own
    }
    sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    connection.close()
    for part in folder.iterdir():
        part.unlink()
    assert sound == "ok"
    return sorted(acknowledged - found)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder in memory, where there is one: a process that is killed takes nothing from the disk that it has handed over."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as made:  # noqa: S108  a folder of its own in it
        yield Path(made)


VARIANTS = [(processes, kill) for processes in (1, 2) for kill in (True, False)]


@pytest.mark.slow
@pytest.mark.parametrize("variant", range(len(VARIANTS)), ids=["one killed", "one ended", "two killed", "two ended"])
def test_every_order_of_two(folder: Path, template: Path, variant: int):
    """Take every order of every two of whom one writes; the ends, and one process or two, take turns over them."""
    processes, kill = VARIANTS[variant]
    lost = {}
    for turn, (first, second) in enumerate(pair for pair in PAIRS if {*pair} & {*WRITERS}):
        orders = interleavings(steps_of(0, first, 0), steps_of(1, second, processes - 1))
        for number, order in enumerate(orders):
            if (turn + number) % len(VARIANTS) == variant:
                before_the_end = order[: -1 - number % 2]
                if missing := play(folder, template, before_the_end, kill=kill):
                    lost[first, second, number] = len(missing)
    assert lost == {}


@pytest.mark.slow
@pytest.mark.parametrize("variant", range(len(VARIANTS)), ids=["one killed", "one ended", "two killed", "two ended"])
def test_all_of_them_in_many_orders(folder: Path, template: Path, variant: int):
    processes, kill = VARIANTS[variant]
    rng = random.Random(variant)  # noqa: S311  the chance here is no secret
    lost = {}
    for _ in range(6):
        actors = [steps_of(number, name, number % processes) for number, name in enumerate(ACTORS)]
        steps = []
        while any(actors):
            steps.append(rng.choice([rest for rest in actors if rest]).pop(0))
        still_open = set(rng.sample(range(len(ACTORS)), 4))
        steps = [step for step in steps if step.do != "close" or step.actor not in still_open]
        if missing := play(folder, template, steps, kill=kill):
            lost[tuple((step.name, step.do) for step in steps)] = len(missing)
    assert lost == {}
