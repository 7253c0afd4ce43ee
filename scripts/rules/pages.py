"""Rules about pages: the two languages in step, the sections of a page, its headings and passages."""

import re
from pathlib import PurePosixPath
from typing import Iterator

from ..files import digest
from ..model import BASE, BLOCK, CONFIGURATIONS, FILL, GUIDES, LANGUAGES, NAVIGATION, OTHER, PASSAGES, SECTIONS, Library, Page, Problem, blank
from . import rule
from .figures import FACT_LINK

MARKER = re.compile(r"^[ \t]*<!--\s*/?\s*(\w+)(?:\s+[\w-]+)?\s*-->[ \t]*$", re.M)


def _pairs(library: Library) -> Iterator[tuple[Page, Page]]:
    """The hand-written pages that exist in both languages, Chinese first."""
    for page in library.in_language("zh"):
        other = library.pages.get(("en", page.name))
        if other and not page.whole:
            yield page, other


@rule("PAIR-1")
def both_languages(library: Library) -> Iterator[Problem]:
    """Every page exists in both languages, every misconception has its pages, and every page of one its record."""
    for language, name in library.pages:
        if (OTHER[language], name) not in library.pages:
            path = f"docs/{language}/{name}"
            yield Problem(path, 1, "PAIR-1", f"has no page in the other language, docs/{OTHER[language]}/{name} must exist")
    for page in library.pages.values():
        if page.slug and page.slug not in library.named("myths"):
            yield Problem(page.path, 1, "PAIR-1", f"has no record, docs/data/myths/{page.slug}.yml must exist, or the page be deleted")
    for slug in library.myths:
        if not any((language, f"myths/{slug}.md") in library.pages for language in LANGUAGES):
            yield Problem(f"docs/data/myths/{slug}.yml", 1, "PAIR-1", f"has no pages, docs/zh/myths/{slug}.md and docs/en/myths/{slug}.md must exist")


@rule("PAIR-2")
def same_sections(library: Library) -> Iterator[Problem]:
    """Both languages of a page have the same headings, by level and id, in the same order."""
    for zh, en in _pairs(library):
        ours, theirs = ([(h.level, h.id, h.line) for h in page.headings if h.id] for page in (en, zh))
        for here, there in zip(ours, theirs):
            if here[:2] != there[:2]:
                wanted = f"{'#' * there[0]} … {{#{there[1]}}}"
                yield Problem(en.path, here[2], "PAIR-2", f"has {'#' * here[0]} … {{#{here[1]}}} where {zh.path}:{there[2]} has {wanted}, must be the same")
                break
        else:
            if len(ours) != len(theirs):
                yield Problem(en.path, 1, "PAIR-2", f"has {len(ours)} sections where {zh.path} has {len(theirs)}, must have the same")


@rule("PAIR-3")
def read_together(library: Library) -> Iterator[Problem]:
    """A page names, in checked_against, the digest of what the other language says by hand, front matter and prose,
    when it was read against that."""
    for pair in _pairs(library):
        draft = any(FILL in page.written for page in pair)
        for page, other in (pair, pair[::-1]):
            now, known = digest(other.written), page.front.get("checked_against")
            if known != now and not (draft and known == FILL):  # META-6 tells of that one
                line = page.lines.get(("checked_against",), 1)
                said = "has changed since this was checked against it" if known else "was never read against this"
                yield Problem(page.path, line, "PAIR-3", f"{other.path} {said}; read both, then write checked_against: {now}")


@rule("PAIR-4")
def same_facts(library: Library) -> Iterator[Problem]:
    """The prose of both languages links to the same facts."""
    for zh, en in _pairs(library):
        linked = {page.language: {name for _, name in FACT_LINK.findall(page.prose)} for page in (zh, en)}
        for page, other in ((zh, en), (en, zh)):
            for name in sorted(linked[other.language] - linked[page.language]):
                yield Problem(page.path, 1, "PAIR-4", f"does not link to the fact {name}, must, as {other.path} does")


@rule("PAGE-1")
def anatomy(library: Library) -> Iterator[Problem]:
    """A misconception page has its ten level-2 sections in order: claim, why, facts, unknown, evidence, articles,
    deeper, short, changes, related."""
    for page in library.pages.values():
        if page.slug:
            found = tuple(heading.id for heading in page.headings if heading.level == 2)
            if found != SECTIONS:
                wrong = next((index for index, (a, b) in enumerate(zip(found, SECTIONS)) if a != b), min(len(found), len(SECTIONS)))
                line = next((h.line for h in page.headings if h.level == 2 and h.id == (found[wrong] if wrong < len(found) else None)), 1)
                is_there = f"#{found[wrong]}" if wrong < len(found) else "the end"
                must = f"#{SECTIONS[wrong]}" if wrong < len(SECTIONS) else "the end"
                yield Problem(page.path, line, "PAGE-1", f"has {is_there} as section {wrong + 1}, must be {must}")


@rule("PAGE-2")
def explicit_ids(library: Library) -> Iterator[Problem]:
    """Every heading is written with `#` at the start of its line and a space, never underlined, quoted, listed or in
    HTML, and has an explicit ASCII id of its own: `## 事实 {#facts}`, `# … {#top}` for the title."""
    for page in library.pages.values():
        seen: set[str] = set()
        plain = {heading.line for heading in page.headings}
        for line in () if page.whole else sorted({page.body_line + line for line in page.parsed.headings} - plain):
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
    `<!-- /evidence -->`. A misconception page has each of head, claim, evidence, articles, changes and related once,
    CONTRIBUTING.md rules and fields, and the MkDocs configurations their marked list of misconceptions."""
    for page in library.pages.values():
        own = PASSAGES["myth"] if page.slug else ()
        for match in BLOCK.finditer(page.body):
            if message := _misnamed(library, match, own + PASSAGES["any"]):
                yield Problem(page.path, page.line_at(match.start()), "PAGE-4", message)
        for offset, message in _miscounted(page.body, own):
            yield Problem(page.path, page.line_at(offset), "PAGE-4", message)
    for path, names in GUIDES.items():
        for offset, message in _miscounted(library.texts.get(path, ""), names if path in library.texts else ()):
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


def _miscounted(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    """Offset and message of each marker without a partner, and of each passage that is needed and does not stand once."""
    stray = list(MARKER.finditer(blank(BLOCK, text)))
    for match in stray:
        yield match.start(), f"'{match.group().strip()}' has no partner, must open and close a passage"
    found: set[str] = set()
    for match in BLOCK.finditer(text):
        if match["name"] in needed and match["name"] in found:
            yield match.start(), f"the passage '{match['name']}' stands twice, must stand once"
        found.add(match["name"])
    found |= {match[1].lower() for match in stray}
    for name in needed:
        if name not in found:
            yield 0, f"lacks the passage '{name}', must have <!-- {name} --> and <!-- /{name} -->"


@rule("BLOCK-1")
def passages_current(library: Library) -> Iterator[Problem]:
    """A generated file or passage says what the records say: `make build` writes it, nobody else does. One whose record
    is gone is deleted."""
    for path, text in sorted(library.made.items()):
        now = library.texts.get(path)
        if now is None:
            yield Problem(path, 1, "BLOCK-1", "is missing, must be made: run `make build`")
        elif now != text:
            line, old, new = _first_difference(now, text)
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
