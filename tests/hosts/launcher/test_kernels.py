"""A kernel whose page is gone is ended; one with a page, or one that waits for a visitor, never is; and there are only so many."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from etiquette_kit.hosts.launcher.kernels import PageKernelManager, TooManyPagesError
from etiquette_kit.locale import catalog
from running_quiz import TOKEN, Answer, RunningQuiz, running_quiz
from websocket import WebSocket, create_connection


class Manager(PageKernelManager):
    """Has kernels without processes."""

    def __init__(self, *kernel_ids: str, **settings: int) -> None:
        super().__init__(**settings)
        self._pools: dict[str, list[asyncio.Future[dict[str, str]]]] = {}
        self.ended: list[str] = []
        for kernel_id in kernel_ids:
            self._kernels[kernel_id] = SimpleNamespace(execution_state="idle")
            self._kernel_connections[kernel_id] = 0
            self._started.add(kernel_id)

    async def shutdown_kernel(self, kernel_id: str) -> None:
        self.ended.append(kernel_id)
        self.remove_kernel(kernel_id)

    def look(self, seconds: int) -> list[str]:
        """Let as many looks happen as there are in so many seconds in which the computer is awake."""

        async def looks() -> None:
            for _ in range(seconds // self.cull_interval):
                for kernel_id in list(self._kernels):
                    await self.cull_kernel_if_idle(kernel_id)

        asyncio.run(looks())
        return self.ended


def test_a_kernel_to_which_no_page_connects_is_ended_after_about_a_minute() -> None:
    manager = Manager("k")
    assert manager.look(60) == []
    assert manager.look(15) == ["k"]


def test_a_kernel_with_a_page_stays_and_a_lost_one_is_kept_for_ten_minutes() -> None:
    manager = Manager("k")
    manager.notify_connect("k")
    assert manager.look(100_000) == []
    manager.notify_disconnect("k")
    assert manager.look(600) == []
    manager.notify_connect("k")
    manager.notify_disconnect("k")
    assert manager.look(600) == [], "who came back has the whole time again"
    assert manager.look(15) == ["k"]


def test_a_kernel_that_is_busy_is_not_ended() -> None:
    manager = Manager("k")
    manager._kernels["k"].execution_state = "busy"
    assert manager.look(100_000) == []


def test_a_kernel_that_is_gone_can_be_lost_and_looked_for() -> None:
    manager = Manager()
    manager.notify_connect("gone")
    manager.notify_disconnect("gone")
    asyncio.run(manager.cull_kernel_if_idle("gone"))
    assert manager.ended == []


def test_places_are_those_of_pages_and_of_pages_that_are_opening() -> None:
    manager = Manager("a", "waiting", max_pages=3)
    loop = asyncio.new_event_loop()
    ready = loop.create_future()
    ready.set_result({"kernel_id": "waiting"})
    manager._pools = {"page": [ready, loop.create_future()]}
    assert manager.page_kernels() == {"a"}
    with manager.opening(), manager.opening():
        with pytest.raises(TooManyPagesError), manager.opening():
            pytest.fail("a fourth page")
        manager.remove_kernel("a")
        with manager.opening():
            pass
    loop.close()


def test_where_all_places_are_taken_the_page_that_is_longest_gone_gives_way() -> None:
    manager = Manager("long", "short", "there", max_pages=3)
    for kernel_id in ("long", "short", "there"):
        manager.notify_connect(kernel_id)
    asyncio.run(manager.shut_down_lost_kernel())
    manager.notify_disconnect("long")
    manager.look(15)
    asyncio.run(manager.shut_down_lost_kernel())
    assert manager.ended == [], "it may be about to be reloaded"
    manager.look(15)
    manager.notify_disconnect("short")
    manager.look(15)
    asyncio.run(manager.shut_down_lost_kernel())
    assert manager.ended == ["long"]
    assert manager.has_slot()


# ---- the running server ---------------------------------------------------------------------------------------------------


def connected(quiz: RunningQuiz, kernel: str) -> WebSocket:
    return create_connection(
        f"ws://{quiz.host}/api/kernels/{kernel}/channels", origin=f"http://{quiz.host}", header=[f"Authorization: token {TOKEN}"]
    )


def is_refused(answer: Answer) -> bool:
    assert answer.status == 200
    titles = [catalog(lang)("page.full_title") in answer.text for lang in ("de", "en")]
    assert len(set(titles)) == 1
    assert titles[0] != ("kernelId" in answer.text)
    return titles[0]


@pytest.mark.slow
def test_the_server_ends_kernels_without_a_page_and_keeps_the_others() -> None:
    # So little patience that waiting for it does not take long, but enough to connect to a page.
    impatient = (
        "--PageKernelManager.unopened_timeout=4",
        "--MappingKernelManager.cull_idle_timeout=6",
        "--MappingKernelManager.cull_interval=1",
    )
    with running_quiz(*impatient) as quiz:
        kept = quiz.open().kernel
        page = connected(quiz, kept)
        try:
            (waiting,) = quiz.await_kernels(2) - {kept}
            assert quiz.open().kernel not in (kept, waiting)
            assert quiz.await_kernels(2) == {kept, waiting}
        finally:
            page.close()
        assert quiz.await_kernels(1) == {waiting}


@pytest.mark.slow
def test_no_more_pages_open_at_once_than_there_may_be_and_a_page_that_goes_makes_room() -> None:
    with running_quiz("--PageKernelManager.max_pages=2") as quiz:
        quiz.await_kernels(1)
        with ThreadPoolExecutor(6) as threads:
            answers = list(threads.map(lambda _: quiz.open("de/00_start.ipynb"), range(6)))
        assert sum(map(is_refused, answers)) == 4
        there = {answer.kernel for answer in answers if not is_refused(answer)}
        assert len(there) == 2
        quiz.await_that(lambda: there < quiz.kernels() and len(quiz.kernels()) == 3)
        gone = there.pop()
        assert quiz.ask(f"/voila/api/shutdown/{gone}", "POST", Authorization=f"token {TOKEN}").status == 204
        assert not is_refused(quiz.open())
        assert is_refused(quiz.open())


def test_the_page_names_the_number_of_pages() -> None:
    assert PageKernelManager.max_pages.default_value == 10
    assert "höchstens zehn" in catalog("de")("page.full_why")
    assert "no more than ten" in catalog("en")("page.full_why")
