"""The files that a page's head names one after another, and what takes the place of each such run: of stylesheets their
text, of scripts one file."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from os.path import commonprefix

ENGLISH = "en/"  # the folder of the second site, which has the same assets again
LINK = re.compile(r'<link rel="stylesheet" href="[^"]*?(assets/stylesheets/[^"]+)">\s*')
SCRIPT = re.compile(r'<script src="([^"]*?)(assets/javascripts/[^"]+)" defer></script>\s*')
LINKS = re.compile(f"(?:{LINK.pattern})+")
SCRIPTS = re.compile(f"(?:{SCRIPT.pattern}){{2,}}")

Run = tuple[str, ...]  # files of the whole site's root, in order


def split(page: str) -> tuple[str, str]:
    """The head of a page, and what follows it."""
    head, end, rest = page.partition("</head>")
    return head, end + rest


def space(found: re.Match[str]) -> str:
    """What stands between a run and what follows."""
    return found[0][len(found[0].rstrip()) :]


def sheets(head: str) -> set[Run]:
    return {tuple(LINK.findall(found[0])) for found in LINKS.finditer(head)}


def styled(head: str, texts: Mapping[Run, str]) -> str:
    """A head with the text of its stylesheets, so that the first paint waits for no other file. A run that lacks one of its
    files stays as it is."""

    def element(found: re.Match[str]) -> str:
        text = texts.get(tuple(LINK.findall(found[0])))
        return found[0] if text is None else f"<style>{text}</style>{space(found)}"

    return LINKS.sub(element, head)


def scripts(head: str) -> list[str]:
    return [name for _, name in SCRIPT.findall(head)]


def runs(head: str) -> set[Run]:
    return {tuple(scripts(found[0])) for found in SCRIPTS.finditer(head)}


def common(found: Iterable[Run]) -> int:
    """How many scripts all pages have in common: those that stand first in every run."""
    return len(commonprefix(sorted(found)))


def parts(run: Run, shared: int) -> list[Run]:
    """The runs that become a file each: what all pages have, and what this one has besides."""
    return [part for part in (run[:shared], run[shared:]) if part]


def named(text: str) -> str:
    """The path of a script that is named by what it says."""
    return f"assets/javascripts/site.{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"


def script(texts: Iterable[str]) -> str:
    """Scripts one after another."""
    return "\n".join(f"{text.strip()};" for text in texts)


def root(prefix: str, path: str) -> str:
    """How a page names the whole site's root, of which `prefix` names its own language's."""
    if not path.startswith(ENGLISH):
        return prefix
    return prefix.removesuffix(ENGLISH) if prefix.startswith("/") else prefix + "../"


def joined(head: str, path: str, files: Mapping[Run, list[str]]) -> str:
    """The head of the page at `path` with one element for each of the files that stand for a run of scripts."""

    def element(found: re.Match[str]) -> str:
        prefix = root(SCRIPT.findall(found[0])[0][0], path)
        return "\n  ".join(f'<script src="{prefix}{name}" defer></script>' for name in files[tuple(scripts(found[0]))]) + space(found)

    return SCRIPTS.sub(element, head)


def resolved(address: str, path: str) -> str:
    """The file of the site that an address on the page at `path` means; one that begins with / or a host is taken to
    name the site's own root."""
    before, _, asset = address.partition("assets/")
    if before.startswith("/") or "://" in before:
        return (ENGLISH if before.endswith("/" + ENGLISH) else "") + "assets/" + asset
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
