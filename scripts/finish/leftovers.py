"""What the theme brought and nothing of the site names or uses."""

import posixpath
import re
from collections.abc import Iterable, Mapping

from .runs import ENGLISH, resolved

THEIRS = re.compile(rf"(?:{ENGLISH})?assets/(?:javascripts|stylesheets|images)/")
NAMED = re.compile(r"""assets/(?:javascripts|stylesheets|images)/[^"'\s()<>,;#?&]+""")
BEFORE = re.compile(r"""[^"'\s()<>,;]*\Z""")
LONGEST = 200  # characters of an address before `assets/`
DRAWN = re.compile(r"""url\(["']?(?!data:)([^"')]+)""")
FILE = re.compile(r"[\w.-]+\.\w+")
FRAME = re.compile(r"""<input class="md-toggle"[^>]*>\s*|<label class="md-overlay"[^>]*></label>\s*|<div class="md-dialog"[^>]*>\s*<div[^>]*></div>\s*</div>\s*""")


def framed(page: str) -> str:
    """A page without the boxes that the theme's frame has for its own menu, search and messages, outside every block that a
    template could replace."""
    return FRAME.sub("", page)


def mentioned(text: str, path: str) -> set[str]:
    """The files of the theme's folders that a page names."""
    found = ((BEFORE.search(text, max(0, one.start() - LONGEST), one.start()), one[0]) for one in NAMED.finditer(text))
    return {resolved((before[0] if before else "") + name, path) for before, name in found}


def unneeded(files: Mapping[str, str], named: Iterable[str]) -> set[str]:
    """Those of the theme's files (path → text) that neither a page, which `named` is from, nor a needed script or
    stylesheet names. A script knows where it stands only when it runs: the name of a file is enough."""
    waiting, needed = [path for path in named if path in files], set()
    while waiting:
        path = waiting.pop()
        if path in needed:
            continue
        needed.add(path)
        if path.endswith(".css"):
            waiting += (posixpath.normpath(posixpath.join(posixpath.dirname(path), address)) for address in DRAWN.findall(files[path]))
        else:
            said = set(FILE.findall(files[path]))
            waiting += (other for other in files if posixpath.basename(other) in said)
        waiting = [other for other in waiting if other in files]
    return files.keys() - needed
