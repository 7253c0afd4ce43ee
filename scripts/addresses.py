"""The short address of each misconception, `/c/<slug>/`, for both languages; and pages that lead on from a slug that has
moved. Plain HTML, which any host serves and which needs no script."""

from html import escape

from .labels import LABELS
from .model import LANGUAGES, Library
from .outcome import conclusion
from .records import Address, Myth

PATH = "docs/data/addresses.yml"
TAGS = {"zh": "zh-Hans", "en": "en"}


def register(library: Library) -> dict[str, str]:
    """Path → text of the register with every slug that is published now; nothing while it cannot be read."""
    if PATH not in library.texts or any(problem.path == PATH for problem in library.problems):
        return {}
    new = (f"{slug}: {{}}\n" for slug, myth in library.myths.items() if slug not in library.addresses and not myth.draft)
    return {PATH: library.texts[PATH] + "".join(new)}


def make(library: Library) -> dict[str, str]:
    """Path → HTML of the page of every slug that is or was published."""
    made = {}
    for slug, address in {**dict.fromkeys(library.myths, Address()), **library.addresses}.items():
        now = slug if slug in library.myths else address.moved
        if now in library.myths:
            made[f"docs/zh/c/{slug}/index.html"] = _short(library, library.myths[now], now)
            if now != slug:
                made |= {f"docs/{language}/myths/{slug}/index.html": leading(library.myths[now], f"../{now}/", language, LABELS[language]["moved"], 2) for language in LANGUAGES}
    return made


def _short(library: Library, myth: Myth, slug: str) -> str:
    """Both languages on one page; a script takes a reader on to the reader's own."""
    sections = "\n".join(_section(library, myth, slug, language) for language in LANGUAGES)
    title = " / ".join(dict.fromkeys(myth.label[language] for language in LANGUAGES))
    return _page("zh-Hans", title, "../../assets", f"<main>\n{sections}\n</main>", '<script src="../../assets/javascripts/short.js" defer></script>')


def _section(library: Library, myth: Myth, slug: str, language: str) -> str:
    _, word, line = conclusion(library, myth, language)
    address = f"../../{'en/' if language == 'en' else ''}myths/{slug}/"
    return (
        f'<section lang="{TAGS[language]}">\n<h1>{escape(myth.title[language])}</h1>\n<p><strong>{escape(word)}</strong> {escape(line)}</p>\n'
        f'<p>{escape(myth.summary[language])}</p>\n<p><a href="{address}" hreflang="{TAGS[language]}">{LABELS[language]["read_page"]}</a></p>\n</section>'
    )


def leading(myth: Myth, target: str, language: str, why: str, depth: int) -> str:
    """A page that leads on to a misconception's, `depth` folders below the language's; `why` says it to whom is not led.
    A script takes the section along."""
    body = f'<main>\n<h1>{escape(why)}</h1>\n<p><a href="{target}" hreflang="{TAGS[language]}">{escape(myth.title[language])}</a></p>\n</main>'
    up = "../" * (depth + (language == "en")) + "assets"
    head = f'<noscript><meta http-equiv="refresh" content="0; url={target}"></noscript>\n<script src="{up}/javascripts/short.js" defer></script>'
    return _page(TAGS[language], myth.title[language], up, body, head)


def _page(language: str, title: str, assets: str, body: str, head: str) -> str:
    """Not for search engines: what it says stands on the page that it leads to."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f'<meta name="robots" content="noindex">\n<title>{escape(title)}</title>\n<link rel="icon" href="{assets}/images/favicon.svg">\n'
        f'<link rel="stylesheet" href="{assets}/stylesheets/short.css">\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n'
    )
