import asyncio
import gc
import inspect
import logging
from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("room_guests", "room_unharmed")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in inspect.signature(pyfuncitem.obj).parameters}))
    return True


@pytest.fixture
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail where an exception that nobody took was logged, be it only when the task that had it was collected."""
    gc.freeze()  # so that only what the test leaves is looked through
    yield
    gc.collect()
    gc.unfreeze()
    records = [*caplog.get_records("call"), *caplog.get_records("teardown")]
    assert [record.getMessage() for record in records if record.levelno >= logging.ERROR] == []
