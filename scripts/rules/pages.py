"""Rules about pages: their sections, headings and generated passages."""

import re
from pathlib import PurePosixPath
from typing import Iterator

from ..markup import blank
from ..memo import remembered
from ..model import BASE, BLOCK, CONFIGURATIONS, GUIDES, CODE_SPAN, NAVIGATION, PASSAGES, SECTIONS, VERSIONS, Library, Problem
from ..versions import page_of
from . import rule

MARKER = re.compile(r"^[ \t]*<!--\s*/?\s*(\w+)(?:\s+[\w-]+)?\s*-->[ \t]*$", re.M)

COMMENT = re.compile(r"<!--.*?-->")
OPEN_COMMENT = re.compile(r"<!--(?!.*?-->)")
PAIRED_TAG = re.compile(r"<(?P<end>/?)(?P<name>details|summary|div|figure|figcaption|table|span|small|b|i|em|strong|sub|sup|abbr|kbd|mark|q|a|u|s)(?![\w-])[^<>]*(?<!/)>", re.I)
EMPTY = re.compile(r"^## .*\{#([\w-]+)\} *\n\s*(?=## |\Z)", re.M)


@rule("PAGE-1")
def anatomy(library: Library) -> Iterator[Problem]:
    """A misconception page has its twelve level-2 sections in order, none of them empty: claim, why, facts, unknown,
    evidence, articles, deeper, short, reply, cite, changes, related."""
    for page in library.pages.values():
        if page.slug:
            found = tuple(heading.id for heading in page.headings if heading.level == 2)
            if found != SECTIONS:
                wrong = next((index for index, (a, b) in enumerate(zip(found, SECTIONS)) if a != b), min(len(found), len(SECTIONS)))
                line = next((h.line for h in page.headings if h.level == 2 and h.id == (found[wrong] if wrong < len(found) else None)), 1)
                is_there = f"#{found[wrong]}" if wrong < len(found) else "the end"
                must = f"#{SECTIONS[wrong]}" if wrong < len(SECTIONS) else "the end"
                yield Problem(page.path, line, "PAGE-1", f"has {is_there} as section {wrong + 1}, must be {must}")
            for match in EMPTY.finditer(page.body):
                yield Problem(page.path, page.line_at(match.start()), "PAGE-1", f"has nothing in its section #{match[1]}, must say something")


@rule("PAGE-2")
def explicit_ids(library: Library) -> Iterator[Problem]:
    """Every heading is written with `#` at the start of its line and a space, never underlined, quoted, listed or in
    HTML, and has an explicit ASCII id of its own: `## 事实 {#facts}`, `# … {#top}` for the title."""
    for page in (page for page in library.pages.values() if not page.whole):
        seen: set[str] = set()
        plain = {heading.line for heading in page.headings}
        for line in sorted({page.body_line + line for line in page.parsed.headings} - plain):
            said = page.text.split("\n")[line - 1].strip()
            yield Problem(page.path, line, "PAGE-2", f"'{said}' is a heading in another form, must be like ## … {{#facts}}")
        for heading in page.headings:
            if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", heading.id or ""):
                yield Problem(page.path, heading.line, "PAGE-2", f"'{heading.text}' has the id '{heading.id or ''}', must have one like {{#facts}}")
            elif heading.id in seen:
                yield Problem(page.path, heading.line, "PAGE-2", f"the id '{heading.id}' stands twice, must be its own")
            seen.add(heading.id or "")


@rule("PAGE-3")
def one_line_paragraphs(library: Library) -> Iterator[Problem]:
    """A paragraph stands on one line, in lists and quotations too, and a blank line parts it from a list or table: a
    line break would show as a blank between Chinese characters."""
    for page in library.pages.values():
        for line in () if page.whole else page.parsed.breaks:
            yield Problem(page.path, page.body_line + line, "PAGE-3", "the paragraph goes on in the next line, must stand on one line with a blank line after it")


@rule("PAGE-4")
def passages_closed(library: Library) -> Iterator[Problem]:
    """A generated passage is one that there is, and opens and closes on lines of their own: `<!-- evidence -->`,
    `<!-- /evidence -->`. A misconception page has each of head, claim, evidence, articles, reply, cite, changes and
    related once, the home page cards, CONTRIBUTING.md rules and fields, and the MkDocs configurations their marked list of misconceptions."""
    for page in (page for page in library.pages.values() if not page.whole):
        own = PASSAGES["myth"] if page.slug else PASSAGES["home"] if page.name == "index.md" else ()
        for match in page.passages:
            if message := _misnamed(library, match, tuple(dict.fromkeys(own + PASSAGES["any"]))):
                yield Problem(page.path, page.line_at(match.start()), "PAGE-4", message)
        for offset, message in _miscounted(page.own, page.passages, own):
            yield Problem(page.path, page.line_at(offset), "PAGE-4", message)
    for path, names in GUIDES.items():
        text = library.texts.get(path, "")
        for offset, message in _miscounted(blank(BLOCK, text), list(BLOCK.finditer(text)), names if path in library.texts else ()):
            yield Problem(path, library.texts[path].count("\n", 0, offset) + 1, "PAGE-4", message)
    for path in (BASE, *CONFIGURATIONS.values()):
        if path in library.texts and len(NAVIGATION.findall(library.texts[path])) != 1:
            yield Problem(path, 1, "PAGE-4", "has lost a mark of its list of misconceptions, must have '# generated by `make build`: …' before and '# end of what is generated' after it, once")


def _misnamed(library: Library, match: re.Match[str], allowed: tuple[str, ...]) -> str:
    """What is wrong with a passage's name and argument, if anything."""
    name, argument = match["name"], match["argument"]
    if name not in allowed:
        return f"'{name}' is no passage of this page, must be one of {', '.join(allowed)}"
    if name == "chart":
        return "" if argument in library.ids("charts") else f"names the chart '{argument or ''}', must be one of charts.yml"
    return f"'{name} {argument}' names something, must be '{name}' alone" if argument else ""


def _miscounted(own: str, passages: list[re.Match[str]], needed: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Offset and message of each marker without a partner, which stands outside the passages, and of each passage that
    is needed and does not stand once."""
    stray = list(MARKER.finditer(own))
    for match in stray:
        yield match.start(), f"'{match.group().strip()}' has no partner, must open and close a passage"
    found: set[str] = set()
    for match in passages:
        if match["name"] in needed and match["name"] in found:
            yield match.start(), f"the passage '{match['name']}' stands twice, must stand once"
        found.add(match["name"])
    found |= {match[1].lower() for match in stray}
    for name in needed:
        if name not in found:
            yield 0, f"lacks the passage '{name}', must have <!-- {name} --> and <!-- /{name} -->"


@rule("PAGE-5")
def html_closed(library: Library) -> Iterator[Problem]:
    """HTML is closed: a comment in its own line, and each tag that opens a fold, a frame or a style. What is not would
    hide or change all that follows."""
    for page in (page for page in library.pages.values() if not page.whole):
        for offset, message in _unclosed(page.prose):
            yield Problem(page.path, page.line_at(offset), "PAGE-5", message)


@remembered
def _unclosed(prose: str) -> list[tuple[int, str]]:
    text = blank(CODE_SPAN, prose)
    found = [(match.start(), "'<!--' is not closed in its line, must be: it would hide what follows") for match in OPEN_COMMENT.finditer(text)]
    opened: dict[str, list[int]] = {}
    for match in PAIRED_TAG.finditer(blank(COMMENT, text)):
        offsets = opened.setdefault(match["name"].lower(), [])
        if not match["end"]:
            offsets.append(match.start())
        elif offsets:
            offsets.pop()
        else:
            found.append((match.start(), f"'{match.group()}' closes nothing, must close a <{match['name']}>"))
    return found + [(offset, f"<{name}> is not closed, must be: </{name}>") for name, offsets in opened.items() for offset in offsets]


@rule("BLOCK-1")
def passages_current(library: Library) -> Iterator[Problem]:
    """A generated file or passage says what the records say: `make build` writes it, nobody else does. One whose record
    is gone is deleted."""
    stale = {path for path, text in library.made.items() if library.texts.get(path) != text}
    for path in sorted(stale):
        now = library.texts.get(path)
        if path.startswith(VERSIONS) and page_of(path) in stale:
            continue  # it is the page's text, and one line is enough
        if now is None:
            yield Problem(path, 1, "BLOCK-1", "is missing, must be made: run `make build`")
        else:
            line, old, new = _first_difference(now, library.made[path])
            yield Problem(path, line, "BLOCK-1", f"says '{old}', must be '{new}' by the records: run `make build`")
    broken = any(problem.path.startswith("docs/data/") for problem in library.problems)
    for page in library.pages.values():
        if library.made and not broken and (page.slug in library.myths or not page.slug) and page.head is not None and not page.whole and page.path not in library.made:
            yield Problem(page.path, 1, "BLOCK-1", "cannot be made, every record that it names must be there and whole")
        if page.whole and f"docs/{page.language}/figures.md" in library.made and page.path not in library.made:
            yield Problem(page.path, 1, "BLOCK-1", "is generated from a record that is gone, must be deleted")
    readable = not any(problem.path == "docs/data/charts.yml" for problem in library.problems)
    for path in library.texts:
        if readable and path.endswith(".svg") and PurePosixPath(path).stem not in library.charts:
            yield Problem(path, 1, "BLOCK-1", "is generated from a record that is gone, must be deleted")


def _first_difference(now: str, made: str) -> tuple[int, str, str]:
    """The first line that differs, and both texts around the difference."""
    old_lines, new_lines = now.split("\n"), made.split("\n")
    index = next((i for i, (a, b) in enumerate(zip(old_lines, new_lines)) if a != b), min(len(old_lines), len(new_lines)))
    old, new = (lines[index] if index < len(lines) else "" for lines in (old_lines, new_lines))
    start = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    start = max(0, start - 20)
    return index + 1, old[start : start + 60], new[start : start + 60]
