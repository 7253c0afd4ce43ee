"""What Lighthouse says of pages of every kind on a phone, its throttling simulated, each compressed with brotli. `make bench`

Medians of a few runs. The index is Lighthouse's own measure of the machine's processor, which it takes to be a desktop's
(1,500 and more); on a slower one times are longer than those of the phone that it means
(https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md).
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.browser import find

from .serving import serving

HOME = Path(__file__).resolve().parent.parent
LIGHTHOUSE = HOME / ".cache/node/node_modules/.bin/lighthouse"  # put there by `make bench`
LANGUAGES = ("", "en/")
PAGES = ("", "myths/cost/", "figures/cost/", "sources/cost/", "about/method/", "timeline/")
RUNS = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
AUDITS = {"first-contentful-paint": "first paint", "largest-contentful-paint": "largest paint", "total-blocking-time": "held up", "cumulative-layout-shift": "shift"}
HEAD = f"{'page':18} {'scores':>16} " + " ".join(f"{name:>13}" for name in AUDITS.values()) + f" {'index':>6}"


def audit(address: str, file: Path) -> dict[str, Any]:
    """Lighthouse's report on a page."""
    command = [LIGHTHOUSE, address, "--quiet", "--chrome-flags=--headless --no-sandbox", "--output=json", f"--output-path={file}", f"--only-categories={','.join(CATEGORIES)}"]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "CHROME_PATH": find() or ""})
    report: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return report


def line(name: str, reports: list[dict[str, Any]]) -> str:
    """A line of the table: the scores, milliseconds (of the shift no unit), the index."""
    scores = (statistics.median(100 * report["categories"][one]["score"] for report in reports) for one in CATEGORIES)
    times = (statistics.median(report["audits"][one]["numericValue"] for report in reports) for one in AUDITS)
    index = statistics.median(report["environment"]["benchmarkIndex"] for report in reports)
    return f"{name or 'home':18} {' '.join(f'{score:.0f}' for score in scores):>16} " + " ".join(f"{time:13.{0 if time > 1 else 3}f}" for time in times) + f" {index:6.0f}"


def main() -> None:
    if not LIGHTHOUSE.exists():
        print("Lighthouse is not installed, and left out", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(folder / "site", encoding="br") as (address, _):
            subprocess.run([sys.executable, "-m", "scripts", "build", "--site", folder / "site"], cwd=HOME, check=True, capture_output=True, env={**os.environ, "SITE_URL": address})
            print(HEAD, flush=True)
            for page in (language + page for page in PAGES for language in LANGUAGES):
                print(line(page, [audit(address + page, folder / "report.json") for _ in range(RUNS)]), flush=True)


if __name__ == "__main__":
    main()
