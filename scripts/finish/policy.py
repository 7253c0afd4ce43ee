"""What a page may load and run, as its Content-Security-Policy says (https://www.w3.org/TR/CSP3/): the site's own files,
and those inline scripts and styles whose digests it names. Beside it the headers that hosts send by a file `_headers`
(https://developers.cloudflare.com/pages/configuration/headers/, Netlify's has the same form)."""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from .. import headers

INLINE = re.compile(r"<(?P<kind>script|style)\b(?P<attributes>[^>]*)>(?P<text>[^<]*+(?:<(?!/(?P=kind)>)[^<]*+)*+)</(?P=kind)>")
NO_CODE = re.compile(r'\s(?:data-)?src=|\stype="application/')  # data, or a file that 'self' allows
CHARSET = re.compile(r'<meta charset="utf-8">', re.I)

REFUSED_HERE = etree.XPath('//@*[name()="style" or starts-with(name(), "on") or contains(., ":") and starts-with(normalize-space(translate(., "JAVSCRIPT", "javscript")), "javascript:")]')

Digests = frozenset[tuple[str, str]]  # of inline scripts and styles: kind, digest


def digests(text: str) -> Digests:
    """The inline scripts and styles of a page or a drawing."""
    found = ((one["kind"], one["text"]) for one in INLINE.finditer(text) if not NO_CODE.search(one["attributes"]))
    return frozenset((kind, base64.b64encode(hashlib.sha256(said.encode()).digest()).decode()) for kind, said in found)


def policy(inline: Iterable[tuple[str, str]]) -> str:
    """What is allowed; images may stand in the stylesheet as data:. Who may frame a page, a page itself cannot say."""
    allowed = sorted(inline)
    said = {kind: "".join(f" 'sha256-{digest}'" for one, digest in allowed if one == kind) for kind in ("script", "style")}
    return (
        f"default-src 'none'; script-src 'self'{said['script']}; style-src 'self'{said['style']}; img-src 'self' data:; "
        "connect-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'"
    )


def guarded(page: str, inline: Digests) -> str:
    """A page of these inline scripts and styles that says its policy, before anything that could break it."""
    said = f'<meta http-equiv="Content-Security-Policy" content="{policy(inline)}">'
    return CHARSET.sub(lambda found: f'{found[0]}\n  {said}\n  <meta name="referrer" content="{headers.REFERRER}">', page, count=1)


def broken(root: etree._Element) -> Iterator[tuple[int, str]]:
    """The lines of a page that its policy would refuse, and why."""
    for value in REFUSED_HERE(root):
        element, name = value.getparent(), value.attrname
        if name == "style" or name.startswith("on"):
            yield element.sourceline or 1, f"<{element.tag}> has an attribute {name}, must have a class or a script of a file instead"
        else:
            yield element.sourceline or 1, f"<{element.tag}> leads to {value}, must be a button with a script of a file instead"


def hosting(paths: Iterable[str], inline: Iterable[tuple[str, str]]) -> dict[str, str]:
    """What hosts are told of a site of these files: path → text."""
    allowed = policy(inline)
    return {**headers.make(allowed), "_headers": _headers(sorted(paths), headers.every(allowed))}


def _headers(paths: list[str], said: Mapping[str, str]) -> str:
    """The file `_headers` for a site at a host's root. A host joins what several rules say of one file, so each file has one
    rule that says how long it is kept."""
    hashed = [path for path in paths if headers.HASHED.search(f"/{path}")]
    mixed = {path.rpartition("/")[0] for path in hashed}
    tops = sorted({_top(path, mixed) for path in paths} - {f"/{path}" for path in hashed})
    rules = ["/*\n" + "".join(f"  {name}: {value}\n" for name, value in said.items())]
    rules += [f"/{path}\n  Cache-Control: {headers.FOREVER}\n" for path in hashed]
    rules += [f"{top}\n  Cache-Control: {headers.ASKED_FIRST}\n" for top in ("/", *tops)]
    return "".join(rules)


def _top(path: str, mixed: set[str]) -> str:
    """The rule that covers a file: the first folder on its way in which nothing is kept for good."""
    folders = path.split("/")[:-1]
    for depth in range(1, len(folders) + 1):
        folder = "/".join(folders[:depth])
        if not any(one == folder or one.startswith(folder + "/") for one in mixed):
            return f"/{folder}/*"
    return f"/{path}"
