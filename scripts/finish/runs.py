"""The files that a page names one after another, and what takes the place of each such run: of stylesheets and of the
scripts that run at once their text, of the scripts that run later (`data-src`, shell.js) one file."""

import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping

ENGLISH = "en/"  # the folder of the second site, which has the same assets again
LINK = re.compile(r'<link rel="stylesheet" href="[^"]*?(assets/stylesheets/[^"]+)">\s*')
SCRIPT = re.compile(r'<script (?:data-)?src="[^"]*?(assets/javascripts/[^"]+)"(?: defer)?></script>')
ENDING = re.compile("</script|<!--", re.I)


def _some(one: str) -> re.Pattern[str]:
    """One or more of them. It begins with their first letters and not with a group, which would be tried at every place of
    a page and take thirty times as long."""
    return re.compile(f"{one}(?:{one})*")


LINKS = _some(LINK.pattern)
AT_ONCE = _some(r'<script src="[^"]*?assets/javascripts/[^"]+"></script>\s*')
LATER = _some(r'<script data-src="([^"]*?)assets/javascripts/[^"]+"></script>\s*')

Run = tuple[str, ...]  # files of the whole site's root, in order


def space(found: re.Match[str]) -> str:
    """What stands between a run and what follows."""
    return found[0][len(found[0].rstrip()) :]


def sheets(page: str) -> set[Run]:
    return {tuple(LINK.findall(found[0])) for found in LINKS.finditer(page)}


def scripts(page: str) -> list[str]:
    return SCRIPT.findall(page)


def at_once(page: str) -> set[Run]:
    return {tuple(scripts(found[0])) for found in AT_ONCE.finditer(page)}


def later(page: str) -> set[Run]:
    return {tuple(scripts(found[0])) for found in LATER.finditer(page)}


def styled(page: str, texts: Mapping[Run, str]) -> str:
    """A page with the text of its stylesheets, so that the first paint waits for no other file. A run that lacks one of its
    files stays as it is."""

    def element(found: re.Match[str]) -> str:
        text = texts.get(tuple(LINK.findall(found[0])))
        return found[0] if text is None else f"<style>{text}</style>{space(found)}"

    return LINKS.sub(element, page)


def scripted(page: str, path: str, texts: Mapping[Run, str], names: Mapping[Run, str]) -> str:
    """The page at `path` with the text of the scripts that run at once, so that what a reader turns to first waits for no
    other file, and with the one file that stands for those that run later."""

    def inline(found: re.Match[str]) -> str:
        return f"<script>{texts[tuple(scripts(found[0]))]}</script>{space(found)}"

    def element(found: re.Match[str]) -> str:
        return f'<script data-src="{root(found[1], path)}{names[tuple(scripts(found[0]))]}"></script>{space(found)}'

    return LATER.sub(element, AT_ONCE.sub(inline, page))


def named(text: str) -> str:
    """The path of a script that is named by what it says."""
    return f"assets/javascripts/site.{hashlib.sha256(text.encode()).hexdigest()[:8]}.js"


def script(texts: Iterable[str]) -> str:
    """Scripts one after another."""
    return "\n".join(f"{text.strip()};" for text in texts)


def ends(text: str) -> int | None:
    """The line of a script where a page that it stands in would take it to end, or to hold what never does."""
    found = ENDING.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else None


def root(prefix: str, path: str) -> str:
    """How a page names the whole site's root, of which `prefix` names its own language's."""
    if not path.startswith(ENGLISH):
        return prefix
    return prefix.removesuffix(ENGLISH) if prefix.startswith("/") else prefix + "../"


def resolved(address: str, path: str) -> str:
    """The file of the site that an address on the page at `path` means; one that begins with / or a host is taken to
    name the site's own root."""
    before, _, asset = address.partition("assets/")
    if before.startswith("/") or "://" in before:
        return (ENGLISH if before.endswith("/" + ENGLISH) else "") + "assets/" + asset
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
