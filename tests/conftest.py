import os
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("bank_reader", "session_examples")

settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # with it, each server and each kernel compiles all that it imports anew
if sys.platform == "linux":
    # Kernels with sockets in a folder: of the ports that are looked out for one, another program may take the first before it is there.
    os.environ["JUPYTER_CONFIG_PATH"] = str(Path(__file__).parent / "jupyter")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Share all tests between two processes; those that are named begin sooner in this one."""
    return 2 if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


@pytest.fixture(autouse=True)
def _shipped_bank_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ETIQUETTE_BANK", raising=False)
