"""Which modules a page loads."""

from etiquette_kit.hosts.site.reachable import reachable

SOURCES = {
    "kit/__init__.py": b"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import never\nelse:\n    import other\n",
    "kit/start.py": b"from . import near\nfrom .sub.deep import name\n\ndef late():\n    import rare\n",
    "kit/near.py": b"if __name__ == '__main__':\n    import never\n",
    "kit/sub/__init__.py": b"",
    "kit/sub/deep.py": b"from ..up import value\n\nclass A:\n    import inside\n",
    "kit/up.py": b"",
    "kit/unused.py": b"",
    "rare.py": b"def late():\n    import rarer\n",
    "rarer.py": b"",
    "other.py": b"import os.path\n",
    "os.py": b"",
    "inside.py": b"",
    "never.py": b"",
    "kit/data.toml": b"not = 'Python'",
}


def test_what_is_imported_anywhere_is_followed_in_the_kit_and_at_the_top_elsewhere():
    found = reachable(SOURCES, ["kit.start"], {"kit"})
    assert found == set(SOURCES) - {"kit/unused.py", "rarer.py", "never.py", "kit/data.toml"}


def test_imports_inside_functions_count_only_where_they_are_followed():
    assert "rare.py" not in reachable(SOURCES, ["kit.start"], ())
    assert "rarer.py" in reachable(SOURCES, ["kit.start"], {"kit", "rare"})
