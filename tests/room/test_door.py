"""A room holds as many connections as the system lets it."""

import pytest
from etiquette_kit.room.door import most_files


def test_the_limit_of_open_files_is_raised_as_far_as_it_may_be(monkeypatch: pytest.MonkeyPatch):
    resource = pytest.importorskip("resource")
    limits = [1024, 4096]
    monkeypatch.setattr(resource, "getrlimit", lambda _which: tuple(limits))
    monkeypatch.setattr(resource, "setrlimit", lambda _which, wanted: limits.__setitem__(0, wanted[0]))
    assert most_files() == 4096
    assert limits == [4096, 4096]

    def refuse(_which: int, wanted: tuple[int, int]) -> None:
        if wanted[0] > 10_240:
            raise ValueError
        limits[0] = wanted[0]

    limits = [256, resource.RLIM_INFINITY]
    monkeypatch.setattr(resource, "setrlimit", refuse)
    assert most_files() == 10_240
