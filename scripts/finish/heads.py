"""The files that a page's head names one after another, and one file in place of each such run."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from os.path import commonprefix

ENGLISH = "en/"  # the folder of the second site, which has the same assets again
LINK = r'<link rel="stylesheet" href="([^"]*?)(assets/stylesheets/[^"]+)">\s*'
SCRIPT = r'<script src="([^"]*?)(assets/javascripts/[^"]+)" defer></script>\s*'
RUNS = {"css": re.compile(f"(?:{LINK}){{2,}}"), "js": re.compile(f"(?:{SCRIPT}){{2,}}")}
ONE = {"css": re.compile(LINK), "js": re.compile(SCRIPT)}
FOLDERS = {"css": "assets/stylesheets", "js": "assets/javascripts"}
ELEMENTS = {"css": '<link rel="stylesheet" href="{}">', "js": '<script src="{}" defer></script>'}

Run = tuple[str, ...]  # files of the whole site's root, in order


def split(page: str) -> tuple[str, str]:
    """The head of a page, and what follows it."""
    head, end, rest = page.partition("</head>")
    return head, end + rest


def runs(kind: str, head: str) -> set[Run]:
    return {_names(kind, found[0]) for found in RUNS[kind].finditer(head)}


def _names(kind: str, text: str) -> Run:
    return tuple(name for _, name in ONE[kind].findall(text))


def common(found: Iterable[Run]) -> int:
    """How many scripts all pages have in common: those that stand first in every run."""
    return len(commonprefix(sorted(found)))


def parts(run: Run, shared: int) -> list[Run]:
    """The runs that become a file each: what all pages have, and what this one has besides."""
    return [part for part in (run[:shared], run[shared:]) if part]


def named(kind: str, text: str) -> str:
    """The path of a file that is named by what it says."""
    return f"{FOLDERS[kind]}/site.{hashlib.sha256(text.encode()).hexdigest()[:8]}.{kind}"


def script(texts: Iterable[str]) -> str:
    """Scripts one after another."""
    return "\n".join(f"{text.strip()};" for text in texts)


def root(prefix: str, path: str) -> str:
    """How a page names the whole site's root, of which `prefix` names its own language's."""
    if not path.startswith(ENGLISH):
        return prefix
    return prefix.removesuffix(ENGLISH) if prefix.startswith("/") else prefix + "../"


def joined(kind: str, head: str, path: str, files: Mapping[Run, list[str]]) -> str:
    """The head of the page at `path` with one element for each of the files that stand for a run."""

    def element(found: re.Match[str]) -> str:
        prefix = ONE[kind].findall(found[0])[0][0]
        space = found[0][len(found[0].rstrip()) :]
        return "\n  ".join(ELEMENTS[kind].format(root(prefix, path) + name) for name in files[_names(kind, found[0])]) + space

    return RUNS[kind].sub(element, head)


def resolved(address: str, path: str) -> str:
    """The file of the site that an address on the page at `path` means; one that begins with / or a host is taken to
    name the site's own root."""
    before, _, asset = address.partition("assets/")
    if before.startswith("/") or "://" in before:
        return (ENGLISH if before.endswith("/" + ENGLISH) else "") + "assets/" + asset
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
