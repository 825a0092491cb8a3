import sys

import pytest
from etiquette_kit.hosts.server.file_limit import raise_file_limit

if sys.platform == "win32":
    pytest.skip("Windows has no such limit", allow_module_level=True)

import resource


@pytest.fixture
def few():
    """A process that may open few files."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (512, before[1]))
    yield before[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


def test_a_process_may_open_as_many_files_as_the_system_lets_it(few: int):
    assert raise_file_limit() == few
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert soft == hard == few


def test_where_the_hard_limit_is_not_granted_it_takes_what_it_gets(few: int, monkeypatch: pytest.MonkeyPatch):
    grant = resource.setrlimit

    def reluctant(kind: int, limits: tuple[int, int]) -> None:
        if limits[0] > 10_240:
            raise ValueError("current limit exceeds maximum limit")
        grant(kind, limits)

    monkeypatch.setattr(resource, "setrlimit", reluctant)
    assert raise_file_limit() == 10_240
    assert resource.getrlimit(resource.RLIMIT_NOFILE) == (10_240, few)
    monkeypatch.undo()
