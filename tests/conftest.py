import os

import pytest
from hypothesis import HealthCheck, settings

pytest.register_assert_rewrite("bank_reader", "session_examples", "analysis_examples")

settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(autouse=True)
def _shipped_bank_unless_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ETIQUETTE_BANK", raising=False)
