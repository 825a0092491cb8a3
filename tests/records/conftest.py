from collections.abc import Iterator

import pytest
from etiquette_kit.records.store import Store


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """A new store, in either database."""
    opened = Store(address)
    yield opened
    opened.close()
