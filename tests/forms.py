"""The corpus of articles in tests/articles/forms (as people have them) and tests/articles/hostile (faulty, or meant to
do harm): beside each file stands the record that ingest makes of it, or what ingest says.

`python -m tests.forms` writes down what ingest gives now; read it by eye before you keep it.
"""

import json
import tempfile
from pathlib import Path
from typing import Iterable

from .conftest import HERE, put_together, scripts

FOLDERS = (HERE / "articles/forms", HERE / "articles/hostile")


def corpus() -> list[Path]:
    """Every article of the corpus."""
    return sorted(path for folder in FOLDERS for path in folder.iterdir() if ".expected." not in path.name)


def expected(path: Path) -> Path | None:
    """The file that says what ingest gives for an article."""
    return next((there for ending in ("yml", "txt") if (there := path.with_suffix(f".expected.{ending}")).exists()), None)


def ingested(root: Path, paths: Iterable[Path]) -> dict[Path, str]:
    """Article → its record's text, or, when there is none, what the command says of it: `line: RULE …` lines. All
    articles are read by one command."""
    paths = list(paths)
    told = json.loads(scripts(root, "ingest", "--json", *paths).stdout)
    said = {str(path): "" for path in paths}
    for problem in told["problems"]:
        said[problem["path"]] += f"{problem['line']}: {problem['rule']} {problem['message']}\n"
    for article in told["articles"]:
        assert said[article["file"]] == ""
        said[article["file"]] = (root / f"docs/data/articles/{article['id']}.yml").read_text(encoding="utf-8")
    return {path: said[str(path)] for path in paths}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for path, text in ingested(put_together("good", Path(folder)), corpus()).items():
            if old := expected(path):
                old.unlink()
            path.with_suffix(".expected.yml" if text.startswith("#") else ".expected.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
