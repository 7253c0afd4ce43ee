"""Finds a Chrome or Chromium for the tests, or installs one. `python -m tests.browser` does so and says which it is."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
INSTALLERS = {
    "playwright": [[sys.executable, "-m", "playwright", "install", "chromium"]],
    "Debian": [["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "chromium"]],
}
ADVICE = "no Chrome or Chromium found, and none could be installed: install one, or name it in the variable CHROME"


def find() -> str | None:
    """Path of a browser: the one named in CHROME, one on the system, or Playwright's own."""
    named = chain([os.environ.get("CHROME")], map(shutil.which, NAMES), APPLICATIONS, _playwrights())
    return next((path for path in named if path and Path(path).exists()), None)


def _playwrights() -> Iterator[str]:
    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def install() -> str | None:
    """Installs a browser by the first way that works; its path, or None."""
    for name, commands in INSTALLERS.items():
        if name == "Debian" and (not shutil.which("apt-get") or os.geteuid() != 0):
            continue
        print(f"no browser found: installing Chromium ({name})", file=sys.stderr)
        if all(subprocess.run(command).returncode == 0 for command in commands) and find():
            return find()
    return None


if __name__ == "__main__":
    browser = find() or install()
    print(browser or ADVICE)
    sys.exit(0 if browser else 1)
