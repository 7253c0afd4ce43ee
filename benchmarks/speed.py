"""How fast checking and building are, as figures and as ratios to plain MkDocs. `make bench`

Plain MkDocs is `mkdocs build` of the same two configurations, one after the other, without our hook and checks.
Each is run a few times from clean; the median counts.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
RUNS = 5
PLAIN = "INHERIT: {home}/{config}\nhooks: []\nwatch: []\ndocs_dir: {home}/docs/{language}\ntheme: {{custom_dir: {home}/overrides}}\nsite_dir: {target}\n"
LANGUAGES = {"zh": "mkdocs.yml", "en": "mkdocs.en.yml"}


def run(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", *map(str, arguments)], cwd=HOME, check=True, capture_output=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})


def plain(folder: Path) -> None:
    for language, config in LANGUAGES.items():
        file = folder / f"{language}.yml"
        file.write_text(PLAIN.format(home=HOME, config=config, language=language, target=folder / language), encoding="utf-8")
        run("mkdocs", "build", "--strict", "-f", file)


def ours(folder: Path) -> None:
    run("scripts", "build", "--site", folder / "site")


def check(_: Path) -> None:
    run("scripts", "check")


def median(task) -> float:  # type: ignore[no-untyped-def]
    """Seconds that a task takes from clean."""
    taken = []
    for _ in range(RUNS):
        folder = Path(tempfile.mkdtemp())
        start = time.perf_counter()
        task(folder)
        taken.append(time.perf_counter() - start)
        shutil.rmtree(folder)
    return statistics.median(taken)


def main() -> None:
    by_mkdocs, by_us, checking = median(plain), median(ours), median(check)
    print(f"plain mkdocs build, both languages   {by_mkdocs:6.2f} s")
    print(f"make build, both languages           {by_us:6.2f} s   {by_us / by_mkdocs:.2f} of plain (at most 1.3)")
    print(f"make check                           {checking:6.2f} s   (under 1)")


if __name__ == "__main__":
    main()
