"""A host that sends what the site's `_headers` says, as those do that read this file: for a file, the headers of every rule
whose path is the file's, or begins it where the rule ends with `*`."""

from collections.abc import Iterator
from pathlib import Path

from .conftest import Quiet

BELOW = "/sub"  # where the built site of the tests stands


def rules(site: Path) -> dict[str, dict[str, str]]:
    """The rules of `_headers`: path → name → value."""
    found: dict[str, dict[str, str]] = {}
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            found[line] = rule = {}
        else:
            name, _, value = line.strip().partition(": ")
            rule[name] = value
    return found


def sent(known: dict[str, dict[str, str]], path: str) -> Iterator[tuple[str, str]]:
    for rule, said in known.items():
        if path == rule or (rule.endswith("*") and path.startswith(rule[:-1])):
            yield from said.items()


class Hosted(Quiet):
    """Serves the site with its headers."""

    def end_headers(self) -> None:
        for name, value in sent(rules(Path(self.directory, BELOW[1:])), self.path.partition("?")[0].removeprefix(BELOW)):
            self.send_header(name, value)
        super().end_headers()
