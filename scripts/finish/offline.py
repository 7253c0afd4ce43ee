"""What readers have without a network: the service worker (scripts/browser/sw.js) with the lists of what it keeps, and the
page for what is not kept. Written by hand, for it is a tenth of Workbox, whose least part is larger than a page."""

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path

import rjsmin

from ..labels import LABELS
from .runs import ENGLISH

SOURCE = Path(__file__).parent.parent.joinpath("browser/sw.js").read_text(encoding="utf-8")
PLACE = "const SITE = {}"
PAGE = "offline.html"
LIMIT = 4_000_000  # bytes, uncompressed, that are kept of a language: a quarter of that on the wire
CORE = re.compile(r"assets/(?:javascripts|images)/")
GROUPS = (  # what is kept of a language, whole or not at all, as long as there is room
    r"index\.html|assets/(?:javascripts|images)/.*",
    r"search/[^/]+",
    r"myths/[^/]+/index\.html|assets/charts/[^/]+",
    r"(?!myths/|articles/|c/)(?:about/)?[^/]+/index\.html",
    r"articles/.*index\.html",
    r"(?:figures|sources)/[^/]+/index\.html",
)

CANDIDATE = re.compile(f"(?:{ENGLISH})?(?:{'|'.join(GROUPS)})|{CORE.pattern}.*|{re.escape(PAGE)}")  # the data, most files of a large site, is none

Kept = tuple[int, str]  # a file's bytes and digest


def kept(data: bytes) -> Kept:
    return len(data), hashlib.sha256(data).hexdigest()


def page() -> str:
    """The page in place of one that is not kept: both languages, the addresses of files below the site's root with `./`,
    which the worker replaces, for it is shown at any address."""
    parts = [
        f'<section lang="{tag}">\n<h1>{words["offline_title"]}</h1>\n<p>{words["offline_text"].format(home=home)}</p>\n</section>'
        for tag, words, home in (("zh-Hans", LABELS["zh"], "./"), ("en", LABELS["en"], f"./{ENGLISH}"))
    ]
    return (
        '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{LABELS["zh"]["offline_title"]} / {LABELS["en"]["offline_title"]}</title>\n'
        '<link rel="icon" href="./assets/images/favicon.svg">\n<link rel="stylesheet" href="./assets/stylesheets/short.css">\n</head>\n<body>\n<main>\n'
        + "\n".join(parts) + "\n</main>\n</body>\n</html>\n"
    )  # fmt: skip


def listed(files: Mapping[str, Kept], language: str) -> list[str]:
    """The files that are kept of a language, those that matter most first."""
    below = ENGLISH if language == "en" else ""
    found: list[str] = []
    room = LIMIT
    for group in GROUPS:
        form = re.compile(re.escape(below) + f"(?!{ENGLISH})(?:{group})")
        names = sorted(path for path in files if form.fullmatch(path))
        size = sum(files[path][0] for path in names)
        if size <= room:
            found += names
            room -= size
    return found


def worker(files: Mapping[str, Kept]) -> str:
    """The service worker of a site of these files; another one whenever a file that it lists is another."""
    core = sorted(path for path in files if CORE.match(path) or path == PAGE)
    lists = {language: [path for path in listed(files, language) if path not in core] for language in LABELS}
    names = sorted({*core, *(path for some in lists.values() for path in some)})
    version = hashlib.sha256("".join(f"{path} {files[path][1]}\n" for path in names).encode()).hexdigest()[:12]
    said = {
        "version": version,
        "core": core,
        **{language: [path.removesuffix("index.html") for path in some] for language, some in lists.items()},
        "words": {language: words["offline_copy"] for language, words in LABELS.items()},
    }
    return str(rjsmin.jsmin(SOURCE.replace(PLACE, f"const SITE = {json.dumps(said, ensure_ascii=False, separators=(',', ':'))}")))
