"""Which modules can be reached from some roots by imports; runs inside the Pyodide whose modules it reads, since they are newer Python."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping


def module_names(files: Iterable[str]) -> dict[str, str]:
    """Return the files of Python modules by the modules' dotted names.

    Parameters
    ----------
    files : iterable of str
        Paths below a folder of the search path, with slashes.
    """
    found = {}
    for file in files:
        if file.endswith(".py"):
            dotted = file.removesuffix(".py").replace("/", ".")
            found[dotted.removesuffix(".__init__")] = file
    return found


def imported(source: bytes, package: str, *, also_late: bool) -> set[str]:
    """Return the dotted names that a module imports, of modules or of what is in them.

    Parameters
    ----------
    source : bytes
        The module.
    package : str
        The package that its relative imports start from.
    also_late : bool
        Whether imports inside functions count.
    """
    names: set[str] = set()
    for node in _imports(ast.parse(source), also_late=also_late):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
            continue
        above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        names.update([base, *(f"{base}.{alias.name}" for alias in node.names)])
    return names


def _imports(tree: ast.AST, *, also_late: bool) -> Iterator[ast.Import | ast.ImportFrom]:
    if isinstance(tree, ast.Import | ast.ImportFrom):
        yield tree
    elif also_late or not isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef):
        for node in tree.orelse if isinstance(tree, ast.If) and _never_holds(tree) else ast.iter_child_nodes(tree):
            yield from _imports(node, also_late=also_late)


def _never_holds(node: ast.If) -> bool:
    """Tell whether what is under a condition is for type checkers alone, or for a module that is run as a program."""
    condition = ast.unparse(node.test)
    return "TYPE_CHECKING" in condition or condition == "__name__ == '__main__'"


def reachable(sources: Mapping[str, bytes], roots: Iterable[str], followed: Collection[str]) -> set[str]:
    """Return the files of the modules that the roots import, and so on; a module brings the packages that it is in.

    Parameters
    ----------
    sources : mapping of str to bytes
        Files by their paths, with slashes.
    roots : iterable of str
        Dotted names of modules.
    followed : collection of str
        Top-level packages in which imports inside functions count, too. In the standard library these are for rare cases, and lead to
        nearly all of it.
    """
    modules = module_names(sources)
    waiting, done = list(roots), set()
    while waiting:
        name = waiting.pop()
        while name and name not in modules:
            name = name.rpartition(".")[0]
        if not name or name in done:
            continue
        done.add(name)
        waiting.append(name.rpartition(".")[0])
        file = modules[name]
        package = name if file.endswith("/__init__.py") else name.rpartition(".")[0]
        waiting += imported(sources[file], package, also_late=name.partition(".")[0] in followed)
    return {modules[name] for name in done}
