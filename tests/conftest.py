import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from etiquette_kit.rules import article_table
from hypothesis import HealthCheck, Phase, settings
from tests.support.built_site import package_in, site_in
from tests.support.cluster import Cluster, programs

pytest.register_assert_rewrite("bank_reader", "session_examples", "analysis_examples", "store_examples", "stored_bytes", "room_phones")
pytest.register_assert_rewrite("choosing", "commands", "store_trouble", "stored_room", "third_language")

settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True, print_blob=True)
settings.register_profile(
    "mutation", settings.get_profile("local"), derandomize=True, max_examples=40, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("ci" if os.environ.get("CI") else "local")

_data = tempfile.TemporaryDirectory()
os.environ["XDG_DATA_HOME"] = _data.name  # what the tests and their kernels play is not kept with the user's own answers
os.environ["XDG_STATE_HOME"] = _data.name  # nor what they write and do not save
os.environ["ETIQUETTE_WRITE"] = f"{_data.name}/my-scenarios"  # nor is it written to the user's own folder
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # with it, each server and each kernel compiles all that it imports anew
if sys.platform == "linux":
    # Kernels with sockets in a folder: of the ports that are looked out for one, another program may take the first before it is there.
    os.environ["JUPYTER_CONFIG_PATH"] = str(Path(__file__).parent / "jupyter")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Share all tests between two processes; those that are named begin sooner in this one."""
    return 2 if config.args_source is pytest.Config.ArgsSource.TESTPATHS else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a mutant on the tests of its own folder: those of its module first, and examples before laws, which take longer."""
    _, *place = os.environ.get("MUTANT_UNDER_TEST", "").split(".")
    if place:
        items[:] = [item for item in items if Path(__file__).parent / place[0] in item.path.parents]
        items.sort(key=lambda item: (item.path.stem.removeprefix("test_") not in place, item.get_closest_marker("hypothesis") is not None))


def pytest_runtest_setup() -> None:
    """Let each test work out the article's advice under the mutant, and not take over what was worked out before."""
    if "MUTANT_UNDER_TEST" in os.environ:
        vars(article_table()).pop("_advice", None)


@pytest.fixture(autouse=True)
def _nothing_named_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ETIQUETTE_BANK", "ETIQUETTE_HOUSE", "ETIQUETTE_STORE", "ETIQUETTE_COHORT", "ETIQUETTE_SCENARIOS", "ETIQUETTE_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server for these tests alone."""
    if programs() is None:
        missing = pytest.fail if os.environ.get("CI") else pytest.skip
        missing("needs a PostgreSQL server; Debian's package is postgresql")
    with Cluster() as running:
        yield running


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site in a folder, which all processes of the tests share; nothing is changed there."""
    return site_in(_shared_folder(tmp_path_factory))


@pytest.fixture(scope="session")
def scorm_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as a SCORM package, which all processes of the tests share."""
    return package_in(_shared_folder(tmp_path_factory))


def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new store: a file, or a database."""
    if request.param == "sqlite":
        return str(tmp_path / "answers.sqlite3")
    new: str = request.getfixturevalue("cluster").new_schema()
    return new
