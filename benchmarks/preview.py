"""How soon `make serve` shows a change, in seconds from saving a file to the page that says it. `make bench`

A copy of the project is served; the page is open, so that it has been rendered before. The median of a few changes."""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1:8797"
RUNS = 5
LONGEST = 60  # seconds
REST = 6  # seconds after a change, in which what can wait is made
KINDS = {  # what is changed: the file, what stands in it, what takes its place, the page that shows it
    "a Chinese page": ("docs/zh/about/index.md", "\n\n", "\n\n{}\n\n", "about/"),
    "an English page": ("docs/en/about/index.md", "\n\n", "\n\n{}\n\n", "en/about/"),
    "a template": ("overrides/partials/report.html", "<p class", "<i>{}</i><p class", "en/about/"),
    "a record": ("docs/data/events.yml", "en: ", "en: {} ", "en/timeline/"),
}


def page(path: str) -> str:
    try:
        with urllib.request.urlopen(f"http://{HOST}/{path}", timeout=LONGEST) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def wait(path: str, text: str) -> float:
    """Seconds until a page says a text."""
    start = time.monotonic()
    while text not in page(path):
        assert time.monotonic() < start + LONGEST, f"{path} does not say {text}"
        time.sleep(0.02)
    return time.monotonic() - start


def change(root: Path, kind: str, number: int) -> float:
    file, old, put, path = KINDS[kind]
    page(path)
    text = (root / file).read_text(encoding="utf-8")
    mark = f"{kind.split()[-1]}-{kind.split()[1]}-{number}"
    (root / file).write_text(text.replace(old, put.format(mark), 1), encoding="utf-8")
    return wait(path, f"<i>{mark}" if kind == "a template" else mark)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        left_out = shutil.ignore_patterns(".git", ".venv*", "site", "site-*", "__pycache__")
        root = Path(shutil.copytree(HOME, Path(folder, "project"), ignore=left_out))
        command = [sys.executable, "-m", "scripts", "--root", str(root), "serve", "--host", HOST]
        process = subprocess.Popen(command, cwd=HOME, stdout=subprocess.DEVNULL)
        try:
            print(f"make serve, until the first page: {wait('', '</html>'):.1f} s")
            for kind in KINDS:
                times = []
                for number in range(RUNS):
                    time.sleep(REST)
                    times.append(change(root, kind, number))
                print(f"{kind}: {statistics.median(times):.2f} s")
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
