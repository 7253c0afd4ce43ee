"""The architecture: modules import downward only, and only the command line prints, exits or reads the clock."""

import ast
from pathlib import Path

import pytest

from .conftest import HOME

MAY_IMPORT = {
    "scalars": set(),
    "records": {"scalars"},
    "accounts": {"records", "scalars"},
    "files": set(),
    "numerals": set(),
    "units": set(),
    "dates": {"numerals"},
    "figures": {"dates", "numerals", "units"},
    "markup": set(),
    "formulas": {"records"},
    "matching": set(),
    "transaction": set(),
    "memory": set(),
    "spool": set(),
    "texts": {"spool"},
    "passing": set(),
    "drafts": {"files", "model"},
    "spreading": set(),
    "memo": {"spool", "spreading"},
    "standing": {"files", "memo", "model"},
    "prose": {"memo"},
    "vocabulary": {"records", "scalars"},
    "model": {"accounts", "files", "markup", "passing", "prose", "records", "texts", "vocabulary"},
    "registers": {"model", "records"},
    "labels": {"dates", "labels"},
    "library": {"accounts", "files", "memo", "model", "records", "scalars", "texts", "vocabulary"},
    "rules": {"accounts", "cues", "figures", "files", "formulas", "markup", "memo", "model", "prose", "records", "registers", "replies", "rules", "scalars", "versions"},
    "raw": {"files"},
    "metadata": {"files", "scalars"},
    "segments": {"files", "raw"},
    "cues": {"figures", "matching", "records"},
    "comparison": {"cues", "figures", "records"},
    "keeping": {"accounts", "model"},
    "ingest": {"accounts", "comparison", "figures", "files", "keeping", "matching", "metadata", "model", "raw", "records", "segments"},
    "report": {"comparison", "ingest", "model", "records"},
    "charts": {"files", "labels", "model", "records", "spreading"},
    "feeds": {"addresses", "labels", "model", "outcome", "versions"},
    "plain": {"addresses", "files", "model", "outcome", "versions"},
    "llms": {"addresses", "files", "labels", "model", "outcome", "plain"},
    "outcome": {"accounts", "figures", "labels", "model", "records", "scalars"},
    "replies": {"labels", "model", "outcome", "records"},
    "addresses": {"cards", "labels", "model", "outcome", "records"},
    "versions": {"addresses", "files", "labels", "memo", "model", "records", "registers"},
    "cards": {"files", "labels", "model", "outcome"},
    "icons": set(),
    "wrapping": set(),
    "drawing": {"icons"},
    "composing": {"cards", "drawing", "icons", "wrapping"},
    "csl": {"labels", "model", "outcome", "records"},
    "bibliography": {"memo"},
    "citations": {"bibliography", "csl", "labels", "memo", "model", "replies"},
    "blocks": {"accounts", "charts", "citations", "files", "labels", "model", "outcome", "overview", "records", "registers", "replies", "versions"},
    "overview": {"labels", "model", "outcome"},
    "pages": {"accounts", "blocks", "citations", "csl", "files", "formulas", "labels", "model", "outcome", "pages", "records", "registers", "versions"},
    "guide": {"accounts", "model", "records"},
    "search": {"labels", "markup", "memo", "model", "records", "spool", "texts"},
    "structured": {"accounts", "addresses", "cards", "files", "labels", "model", "outcome", "records", "registers", "versions"},
    "printed": {"addresses", "csl", "model", "outcome"},
    "exports": {"accounts", "citations", "csl", "model", "outcome", "records", "structured", "texts"},
    "headers": set(),
    "finish": {"finish", "headers", "labels", "spreading"},
    "site": {"files", "finish", "model"},
    "preview": set(),
    "making": {"addresses", "blocks", "charts", "citations", "exports", "feeds", "guide", "llms", "memo", "model", "pages", "plain", "printed", "rules", "search", "structured", "texts", "versions"},
}
MODULES = sorted((HOME / "scripts").rglob("*.py"))


def module(path: Path) -> str:
    return path.relative_to(HOME / "scripts").parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """Names of our own modules that a file imports."""
    inside = len(path.relative_to(HOME / "scripts").parts) - 1
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            if node.level <= inside:
                names.add(module(path))
            elif node.module:
                names.add(node.module.split(".")[0])
            else:
                names.update(alias.name for alias in node.names)
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_downward_only(path: Path) -> None:
    name = module(path)
    if name not in ("__main__", "__init__"):
        assert imported(path) <= MAY_IMPORT[name]


def test_the_table_has_no_circle() -> None:
    left = {name: needs - {name} for name, needs in MAY_IMPORT.items()}
    while left:
        free = {name for name, needs in left.items() if not needs & left.keys()}
        assert free, f"a circle among {sorted(left)}"
        left = {name: needs for name, needs in left.items() if name not in free}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_the_command_line_prints_exits_and_reads_the_clock(path: Path) -> None:
    if path.name == "__main__.py":
        return
    calls = {ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)}
    assert not calls & {"print", "input", "exit", "sys.exit", "date.today", "datetime.now", "time.time"}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_functions_and_modules_stay_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    assert max((node.end_lineno or 0) - node.lineno + 1 for node in functions) <= 40 if functions else True
    assert source.count("\n") <= 350
