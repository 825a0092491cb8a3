from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from etiquette_kit.quiz.store_errors import StoreError
from etiquette_kit.store.sql.log import Log
from etiquette_kit.store.sql.store import Store


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new store, in either database."""
    opened = Store(address)
    yield opened
    opened.close()


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Let writing fail as long as the returned context lasts, before or after the commit."""

    @contextmanager
    def failed(*, after: bool = False, kind: str = "gone", only: str = "") -> Iterator[None]:
        with monkeypatch.context() as patch:
            for name in ("begin", "append"):
                real = getattr(Log, name)

                def call(self: Log, *arguments: Any, _real: Any = real, _name: str = name, **options: Any) -> Any:
                    if only in ("", _name):
                        if after:
                            _real(self, *arguments, **options)
                        raise StoreError(kind, "as if")
                    return _real(self, *arguments, **options)

                patch.setattr(Log, name, call)
            yield

    return failed
