"""Rules about records: files, fields, references, limits, dates."""

import re
from collections import Counter
from datetime import timedelta
from typing import Collection, Iterator, get_args

from ..files import digest
from ..memo import remembered
from ..model import FILL, LANGUAGES, SOURCE_LINK, Library, Problem
from ..records import ANSWER_LIMIT, REPLY_LIMIT, SUMMARY_LIMIT, signs
from ..replies import too_long
from ..scalars import SourceKind
from . import rule

LONGEST_WAIT = timedelta(days=731)
SIGNS_OF_LEFT = (FILL, "TBD", "FIXME", "XXX", "todo", "Lorem", "待补", "待译", "待翻", "待填", "<<<<<<<", "=======", ">>>>>>>")  # one is in whatever LEFT finds
LEFT = re.compile(rf"\b(?:{FILL}|TBD|FIXME|XXX)\b|\btodo(?=[:：])|\bLorem ipsum\b|待(?:补充?|译|翻译|填写?)(?![\u4e00-\u9fff])|^(?P<merge><{{7}}|={{7}}|>{{7}})(?= |$)", re.M)


def _read_problems(library: Library, number: str) -> Iterator[Problem]:
    return (problem for problem in library.problems if problem.rule == number)


@rule("FILE-1")
def readable(library: Library) -> Iterator[Problem]:
    """A file can be read and is UTF-8, and its YAML is valid and plain: no alias, no tag, no control character; a text
    stands on one line, and between quotes when it holds `: ` or ` #` or begins with a sign."""
    yield from _read_problems(library, "FILE-1")


@rule("FILE-2")
def keys_once(library: Library) -> Iterator[Problem]:
    """A key stands once in its mapping."""
    yield from _read_problems(library, "FILE-2")


@rule("FILE-3")
def front_matter(library: Library) -> Iterator[Problem]:
    """A page begins with front matter, `key: value` lines between two lines of `---`."""
    yield from _read_problems(library, "FILE-3")


@rule("META-1")
def fields(library: Library) -> Iterator[Problem]:
    """A record has every required field and no other than its own."""
    yield from _read_problems(library, "META-1")


@rule("META-2")
def values(library: Library) -> Iterator[Problem]:
    """A value is what its field takes; a word of a vocabulary is one of its members; a list of ids names each once; a
    source is read no earlier than it was issued."""
    yield from _read_problems(library, "META-2")


@rule("META-3")
def references(library: Library) -> Iterator[Problem]:
    """A fact, misconception or section that a record names exists."""
    myths, facts = library.named("myths"), library.ids("facts")
    for slug, myth in library.myths.items():
        path = f"docs/data/myths/{slug}.yml"
        yield from _missing(library, path, ("facts",), myth.facts, facts, "facts.yml")
        yield from _missing(library, path, ("key_facts",), myth.key_facts, myth.facts, "facts of this record")
        yield from _missing(library, path, ("related",), myth.related, myths, "the other misconceptions")
        if slug in myth.related:
            yield Problem(*library.at(path, "related", myth.related.index(slug)), "META-3", f"related names '{slug}', must be one of the other misconceptions")
    for name, article in library.articles.items():
        path = f"docs/data/articles/{name}.yml"
        for index, review in enumerate(article.reviews):
            here = ("reviews", index)
            yield from _missing(library, path, (*here, "facts"), review.facts, facts, "facts.yml")
            yield from _missing(library, path, (*here, "myth"), [review.myth], myths, "the misconceptions")
            if review.section >= len(article.sections):
                yield Problem(*library.at(path, *here, "section"), "META-3", f"section {review.section} is none of the article, must be 0 to {len(article.sections) - 1}")
        for number, section in enumerate(article.sections):
            for index, paragraph in enumerate(section.paragraphs):
                here = ("sections", number, "paragraphs", index)
                yield from _missing(library, path, (*here, "myths"), paragraph.myths, myths, "the misconceptions: ingest it again or take it out")
                yield from _missing(library, path, (*here, "also"), paragraph.also, myths, "the misconceptions")
    for name, chart in library.charts.items():
        yield from _missing(library, "docs/data/charts.yml", (name, "bars"), [bar.fact for bar in chart.bars], facts, "facts.yml")
        yield from _missing(library, "docs/data/charts.yml", (name, "steps"), [step.fact for step in chart.steps], facts, "facts.yml")
    for name, fact in library.facts.items():
        for field in ("supersedes", "disputes"):
            if named := getattr(fact, field):  # of thousands few name another
                yield from _missing(library, "docs/data/facts.yml", (name, field), named, facts - {name}, "the other facts")
    for name, source in library.sources.items():
        yield from _missing(library, "docs/data/sources.yml", (name, "origins"), source.origins, library.ids("origins"), "origins.yml")
    for register in ("events", "claims"):
        for name, record in getattr(library, register).items():
            yield from _missing(library, f"docs/data/{register}.yml", (name, "facts"), record.facts, facts, "facts.yml")


def _missing(library: Library, path: str, keys: tuple[str | int, ...], named: list[str], known: Collection[str], where: str) -> Iterator[Problem]:
    for index, name in enumerate(named):
        if name not in known:
            yield Problem(*library.at(path, *keys, index), "META-3", f"{keys[-1]} names '{name}', must be one of {where}")


@rule("META-4")
def limits(library: Library) -> Iterator[Problem]:
    """An answer has at most 35 Chinese characters or 75 English letters, a summary 300 characters or 200 words. In
    Chinese every sign counts, punctuation too, and a run of Latin letters and digits as one."""
    counts = {
        "answer": (ANSWER_LIMIT, {"zh": signs, "en": len}, {"zh": "characters", "en": "letters"}),
        "summary": (SUMMARY_LIMIT, {"zh": signs, "en": lambda text: len(text.split())}, {"zh": "characters", "en": "words"}),
    }
    for slug, myth in library.myths.items():
        for name, (limit, count, unit) in counts.items():
            for language in LANGUAGES:
                length = count[language](getattr(myth, name)[language])
                if length > limit[language]:
                    place = library.at(f"docs/data/myths/{slug}.yml", name, language)
                    yield Problem(*place, "META-4", f"{name}.{language} has {length} {unit[language]}, must have at most {limit[language]}")


@rule("META-5")
def dates(library: Library) -> Iterator[Problem]:
    """A page is first published, then reviewed, then re-checked, within two years; its log runs from the newest entry to
    the first, which alone is of kind published."""
    for slug, myth in library.myths.items():
        path = f"docs/data/myths/{slug}.yml"
        if myth.reviewed < myth.first_published:
            yield Problem(*library.at(path, "reviewed"), "META-5", f"reviewed is {myth.reviewed}, must not be before first_published, {myth.first_published}")
        if myth.recheck_by <= myth.reviewed:
            yield Problem(*library.at(path, "recheck_by"), "META-5", f"recheck_by is {myth.recheck_by}, must be after reviewed, {myth.reviewed}")
        if myth.recheck_by - myth.reviewed > LONGEST_WAIT:
            yield Problem(*library.at(path, "recheck_by"), "META-5", f"recheck_by is {myth.recheck_by}, must be within two years of reviewed, {myth.reviewed}")
        days = [change.date for change in myth.changes]
        if days != sorted(days, reverse=True):
            yield Problem(*library.at(path, "changes"), "META-5", "changes run from old to new, must run from the newest to the first")
        if days[-1] != myth.first_published:
            yield Problem(*library.at(path, "changes", len(days) - 1), "META-5", f"the first change is of {days[-1]}, must be of first_published, {myth.first_published}")
        for index, change in enumerate(myth.changes, 1):
            if (change.kind == "published") != (index == len(myth.changes)):
                must = "must be published, as the first" if index == len(myth.changes) else "must be another: a page is published once, by the last entry"
                yield Problem(*library.at(path, "changes", index - 1, "kind"), "META-5", f"kind is {change.kind}, {must}")


@rule("META-6")
def nothing_left_to_fill(library: Library) -> Iterator[Problem]:
    """No TODO is left in a record or a page, nor TBD, FIXME, XXX, 待补 and the like, nor a mark of a merge."""
    for path, text in library.texts.items():
        for line, said, must in _left(text) if path.startswith("docs/") else ():
            yield Problem(path, line, "META-6", f"says {said}, must {must}")


@remembered
def _left(text: str) -> list[tuple[int, str, str]]:
    found = LEFT.finditer(text) if any(sign in text for sign in SIGNS_OF_LEFT) else ()
    return [(text.count("\n", 0, match.start()) + 1, match.group(), "be resolved" if match["merge"] else "be filled in") for match in found]


@rule("META-7")
def names_free(library: Library) -> Iterator[Problem]:
    """A record does not take an id that the page made from it needs: a fact is not named top, myths, left, sums or
    register, a source not like a kind of source, top, myths, left or origins, a misconception or article not index."""
    taken = {
        "facts": {"top": "the title", **dict.fromkeys(("myths", "left", "sums", "register"), "a section")},
        "sources": {"top": "the title", **dict.fromkeys(("myths", "left", "origins", *get_args(SourceKind)), "a section")},
    }
    for register, ids in taken.items():
        for name in getattr(library, register).keys() & ids.keys():
            page = {"facts": "figures.md", "sources": "sources.md"}[register]
            yield Problem(*library.at(f"docs/data/{register}.yml", name), "META-7", f"the name '{name}' is the id of {ids[name]} of {page}, must be another")
    for folder in ("myths", "articles"):
        if "index" in library.named(folder):
            yield Problem(f"docs/data/{folder}/index.yml", 1, "META-7", f"the name 'index' is the address of the folder {folder}, must be another")


@rule("META-8")
def nothing_ahead(library: Library) -> Iterator[Problem]:
    """Nothing is dated after today, wherever on earth it is today: no page, review, change, fact, source or article; and
    no fact holds for a day after its source was read. A clock that is behind most readings of sources is not asked."""
    read = sorted(source.accessed for source in library.sources.values())
    asked = library.today and (not read or read[len(read) // 2] <= library.today)
    for path, keys, day in _days(library) if asked else ():
        if day > str(library.today)[: len(day)]:
            yield Problem(*library.at(path, *keys), "META-8", f"{keys[-1]} is {day}, must not be after today")
    for name, fact in library.facts.items():
        source = library.sources.get(fact.source)
        if source and fact.as_of > str(source.accessed)[: len(fact.as_of)]:
            yield Problem(*library.at("docs/data/facts.yml", name, "as_of"), "META-8", f"as_of is {fact.as_of}, must not be after its source was read, {source.accessed}")


def _days(library: Library) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """File, key and text of every day in a record that has come, or should have."""
    for slug, myth in library.myths.items():
        path = f"docs/data/myths/{slug}.yml"
        yield path, ("first_published",), str(myth.first_published)
        yield path, ("reviewed",), str(myth.reviewed)
        for index, change in enumerate(myth.changes):
            yield path, ("changes", index, "date"), str(change.date)
    for name, fact in library.facts.items():
        yield "docs/data/facts.yml", (name, "as_of"), fact.as_of
    for name, source in library.sources.items():
        yield "docs/data/sources.yml", (name, "issued"), source.issued
        yield "docs/data/sources.yml", (name, "accessed"), str(source.accessed)
    for name, article in library.articles.items():
        yield f"docs/data/articles/{name}.yml", ("published",), article.published[:10]


@rule("META-9")
def reply_fits(library: Library) -> Iterator[Problem]:
    """The short reply, made of the claim, the verdict, the title and the day, is a post: at most 140 Chinese characters or
    280 letters in English, an address counting as 10 or 23."""
    for slug in library.myths if library.vocabulary else ():
        for language in LANGUAGES:
            if over := too_long(library, slug, language):
                place = library.at(f"docs/data/myths/{slug}.yml", "title", language)
                yield Problem(*place, "META-9", f"claim.{language} and title.{language} make a reply that is {over} over {REPLY_LIMIT[language]}, must be shorter")


@rule("SRC-1")
def sources_used(library: Library) -> Iterator[Problem]:
    """Every source is cited by a fact or linked from a page."""
    cited = {fact.source for fact in library.facts.values()}
    cited |= {name for text in library.unread["facts"].values() for name in re.findall(r"^ +source: *(\S+)", text, re.M)}
    linked = {name for page in library.pages.values() if not page.whole for _, name in SOURCE_LINK.findall(page.prose)}
    for name in library.sources.keys() - cited - linked:
        yield Problem(*library.at("docs/data/sources.yml", name), "SRC-1", f"{name} is cited nowhere, must be cited by a fact or linked from a page")


@rule("SRC-2")
def origins_shared(library: Library) -> Iterator[Problem]:
    """An origin is named by two sources or more: it is there to tell that they are one witness."""
    named = Counter(name for source in library.sources.values() for name in source.origins)
    named.update(name for text in library.unread["sources"].values() for name in library.origins if name in text)
    for name in library.origins:
        if named[name] < 2:
            yield Problem(*library.at("docs/data/origins.yml", name), "SRC-2", f"{name} is named by {named[name] or 'no'} source{'' if named[name] else 's'}, must be by two or more")


@rule("CHART-1")
def one_axis(library: Library) -> Iterator[Problem]:
    """The bars of a chart are facts with a figure and share one unit, so that they can stand on one axis."""
    for name, chart in library.charts.items():
        facts = [(index, bar.fact, library.facts[bar.fact]) for index, bar in enumerate(chart.bars) if bar.fact in library.facts]
        for index, fact_name, fact in facts:
            if fact.words is None:
                yield Problem(*library.at("docs/data/charts.yml", name, "bars", index), "CHART-1", f"{name} has a bar for {fact_name}, a fact without a figure, must have facts with one")
        units = sorted({fact.unit for _, _, fact in facts if fact.unit})
        if len(units) > 1:
            yield Problem(*library.at("docs/data/charts.yml", name, "bars"), "CHART-1", f"{name} has bars in {' and '.join(units)}, must have one unit")


@rule("CHART-3")
def steps_in_order(library: Library) -> Iterator[Problem]:
    """The steps of a chart stand in the order of their facts' dates, and so do the events of the timeline."""
    facts = library.facts
    for name, chart in library.charts.items():
        steps = [(("charts", name, "steps", index), facts[step.fact].as_of) for index, step in enumerate(chart.steps) if step.fact in facts]
        yield from _in_order(library, steps)
    yield from _in_order(library, [(("events", name), facts[event.facts[0]].as_of) for name, event in library.events.items() if event.facts[0] in facts])


def _in_order(library: Library, dated: list[tuple[tuple[str | int, ...], str]]) -> Iterator[Problem]:
    for (_, before), ((register, *keys), after) in zip(dated, dated[1:]):
        if after[: len(before)] < before[: len(after)]:
            yield Problem(*library.at(f"docs/data/{register}.yml", *keys), "CHART-3", f"{keys[0]} is of {after} and stands after one of {before}, must stand before it")


@rule("CHART-2")
def drawings_current(library: Library) -> Iterator[Problem]:
    """A drawing is as it was made: nobody edited the SVG by hand."""
    for path, text in library.texts.items():
        if path.endswith(".svg"):
            first, _, rest = text.partition("\n")
            if digest(rest) not in first:
                yield Problem(path, 1, "CHART-2", "was edited by hand, must be made by `make build`; delete the file and build")
