"""Rules about figures: every one is a registered fact, in its exact words, from a source with a locator."""

import re
from decimal import Decimal
from functools import lru_cache, partial
from typing import Collection, Iterator, NamedTuple

from ..figures import Found, find, parse
from ..formulas import circular, compute
from ..markup import blank, seen
from ..memo import remembered
from ..model import LANGUAGES, OTHER, Library, Page, Problem
from ..records import Text
from . import rule

FACT_LINK = re.compile(r"\[([^\]]*)\]\(#fact-([a-z0-9-]+)\)")
SAID = re.compile(r"^ +(?:\w+:|-) *[^\w\s]?(.+?)['\"]? *$", re.M)  # what a record says, even one that is broken
FACTS = "docs/data/facts.yml"
CLOSE = Decimal("0.5")  # a registered figure this near, as a share of it, is named to the author as the one meant
SAME = Decimal("0.01")  # and so are others this near


class Said(NamedTuple):
    """The words of a fact in a language, and where in them its figure begins."""

    fact: str
    words: str
    offset: int
    unit: str | None
    base: str


class Register:
    """The words of all facts, by language and numeral, so that a figure is looked up and not searched for."""

    def __init__(self, library: Library):
        self.library = library
        self.said: dict[tuple[str, str], list[Said]] = {}
        for name, fact in library.facts.items():
            for language in LANGUAGES if fact.words else ():
                if figure := parse(fact.words[language]):
                    said = Said(name, fact.words[language], figure.start, figure.unit, (fact.unit or "").partition("/")[0])
                    self.said.setdefault((language, figure.numeral), []).append(said)
        self.names = {language: self._names(language) for language in LANGUAGES}
        self.unread = {figure.value for text in library.unread["facts"].values() for said in SAID.findall(text) if (figure := parse(said))}

    def _names(self, language: str) -> str:
        """A pattern of the terms of the glossary that hold a digit."""
        known = {name for term in self.library.glossary.values() for name in (term[language], *term.also)}
        terms = sorted(known.union(*map(SAID.findall, self.library.unread["glossary"].values())), key=lambda term: (-len(term), term))
        named = [term for term in terms if re.search(r"\d", term)]
        begin = re.escape("".join(sorted({term[0] for term in named})))  # looked at first: most characters begin no name
        return f"(?=[{begin}])(?:{'|'.join(map(re.escape, named))})" if named else "(?!)"

    def figures(self, text: str, language: str) -> tuple[Found, ...]:
        """The figures that a reader sees in a text; dates and names are none."""
        return _figures(text, self.names[language])

    def facts(self, figure: Found, text: str, language: str) -> list[Said]:
        """The facts whose exact words the text has where the figure stands."""
        candidates = self.said.get((language, figure.numeral), ())
        return [said for said in candidates if self._exact(said, figure, text)]

    def _exact(self, said: Said, figure: Found, text: str) -> bool:
        start = figure.start - said.offset
        same_unit = figure.unit == said.unit if said.unit else figure.unit in (None, said.base, said.base.removeprefix("GPU-"))
        return start >= 0 and same_unit and text.startswith(said.words, start)

    def strays(self, text: str, language: str, allowed: Collection[str]) -> Iterator[Found]:
        """The figures of a text that are not the exact words of an allowed fact, nor may be those of a fact that could
        not be read."""
        for figure in self.figures(text, language):
            if figure.value not in self.unread and not any(said.fact in allowed for said in self.facts(figure, text, language)):
                yield figure

    def stray(self, figure: Found, text: str, language: str, allowed: Collection[str], whose: str) -> str:
        """What to say of a stray: what it is, and what the register has instead."""
        if same := [said.fact for said in self.facts(figure, text, language)]:
            return f"'{figure.text}' is no figure of {whose}; facts.yml has it as {' or '.join(same)}; if that is meant, add it to the facts"
        near = self._nearest(figure, language, allowed)
        known = f"facts.yml has {' or '.join(near)}" if near else "enter it in facts.yml, or, if it is part of a name, the name in glossary.yml"
        return f"'{figure.text}' is no figure of {whose}; {known}"

    def _nearest(self, figure: Found, language: str, allowed: Collection[str]) -> list[str]:
        """Words and id of the allowed fact whose value is the nearest, when one is near, and of those no farther off in
        practice: which of them is meant the author knows."""
        ranked = sorted(
            (abs(fact.value - figure.value) / max(abs(fact.value), Decimal(1)), f"'{fact.words[language]}' ({name})")
            for name in allowed
            if (fact := self.library.facts.get(name)) and fact.words and fact.value is not None and figure.value is not None
        )
        return [said for index, (off, said) in enumerate(ranked) if off < (SAME if index else CLOSE)]


@remembered
def _figures(text: str, names: str) -> tuple[Found, ...]:
    return tuple(found for found in find(shown(text, names)) if found.value is not None)


@lru_cache(maxsize=256)  # a rule asks for the same text several times in a row
def shown(text: str, names: str) -> str:
    """What a reader sees of a text, without the names that a pattern gives."""
    return blank(re.compile(names), seen(text))


@rule("FACT-1")
def facts_sourced(library: Library) -> Iterator[Problem]:
    """Every fact names a source of sources.yml, or an ingested article, and a place in it."""
    known = library.ids("sources") | library.named("articles")
    for name, fact in library.facts.items():
        if fact.source not in known:
            yield Problem(*library.at(FACTS, name, "source"), "FACT-1", f"source is '{fact.source}', must be in sources.yml or be an article")


@rule("FACT-2")
def figures_registered(library: Library) -> Iterator[Problem]:
    """Every figure that a reader sees, in the words of a page or of a record, is one of its registered facts, in that
    language's exact words. Dates, years, names, ordinals, list numbers, code and addresses are exempt, and so are
    small counts in words (一个, two). In a misconception's phrasings, readers speak, not we. A log also says what a
    figure was before, in both languages alike."""
    register, every = Register(library), library.facts.keys()
    for page in library.pages.values():
        if not page.whole:
            allowed = set(library.myths[page.slug].facts) if page.slug in library.myths else every
            text = blank(FACT_LINK, page.prose)
            for figure in register.strays(text, page.language, allowed):
                yield Problem(page.path, page.line_at(figure.start), "FACT-2", register.stray(figure, text, page.language, allowed, "this page's facts"))
    for said in _record_texts(library):
        before = {figure.value for figure in register.figures(said.beside, OTHER[said.language])}
        for figure in (figure for figure in register.strays(said.text, said.language, said.allowed) if figure.value not in before):
            yield Problem(*library.at(said.path, *said.keys), "FACT-2", register.stray(figure, said.text, said.language, said.allowed, said.whose))


class _Text(NamedTuple):
    """A text that readers see: its place, the facts it may use, and whose they are; of a log's entry, what stands beside
    it in the other language."""

    path: str
    keys: tuple[str | int, ...]
    language: str
    text: str
    allowed: Collection[str]
    whose: str
    beside: str = ""


def _record_texts(library: Library) -> Iterator[_Text]:
    every = library.facts.keys()
    for slug, myth in library.myths.items():
        own = set(myth.facts)
        texts = [((name,), getattr(myth, name)) for name in ("label", "title", "claim", "answer", "summary")]
        log = [(("changes", index, "note"), change.note) for index, change in enumerate(myth.changes)]
        yield from _both(f"docs/data/myths/{slug}.yml", texts, own, "this page's facts")
        for text in _both(f"docs/data/myths/{slug}.yml", log, own, "this page's facts"):
            yield text._replace(beside=myth.changes[int(text.keys[1])].note[OTHER[text.language]])
    for name, article in library.articles.items():
        for index, review in enumerate(article.reviews):
            yield from _both(f"docs/data/articles/{name}.yml", [(("reviews", index, "finding"), review.finding)], set(review.facts), "this review's facts")
        yield from _both(f"docs/data/articles/{name}.yml", [(("interest",), article.interest)], every, "the register")
    for page in library.pages.values():
        for name in ("title", "description") if not page.slug and not page.whole else ():
            if isinstance(text := page.front.get(name), str):
                yield _Text(page.path, (name,), page.language, text, every, "the register")
    for name, chart in library.charts.items():
        texts = [((name, "title"), chart.title), ((name, "note"), chart.note)]
        texts += [((name, "bars", index, "label"), bar.label) for index, bar in enumerate(chart.bars)]
        texts += [((name, "layers", index, part), getattr(layer, part)) for index, layer in enumerate(chart.layers) for part in ("label", "note")]
        texts += [((name, "steps", index, part), getattr(step, part)) for index, step in enumerate(chart.steps) for part in ("label", "note")]
        yield from _both("docs/data/charts.yml", texts, every, "the register")
    for name, event in library.events.items():
        yield from _both("docs/data/events.yml", [((name, "what"), event.what), ((name, "note"), event.note)], event.facts, "this event's facts")
    for name, origin in library.origins.items():
        yield from _both("docs/data/origins.yml", [((name, "name"), origin.name)], every, "the register")
    for name, fact in library.facts.items():
        yield from _both(FACTS, [((name, part), getattr(fact, part)) for part in ("statement", "covers", "excludes")], every, "the register")
    for name, source in library.sources.items():
        yield from _both("docs/data/sources.yml", [((name, "interest"), source.interest)], every, "the register")


def _both(path: str, texts: list[tuple[tuple[str | int, ...], Text | None]], allowed: Collection[str], whose: str) -> Iterator[_Text]:
    for keys, text in texts:
        for language in LANGUAGES if text else ():
            yield _Text(path, (*keys, language), language, text[language], allowed, whose)


@rule("FACT-3")
def links_exact(library: Library) -> Iterator[Problem]:
    """A link to a fact names a fact of the page and says the fact's exact words."""
    register = Register(library)
    for page, text, name, line in _fact_links(library):
        fact = library.facts.get(name)
        says = register.figures(text, page.language)
        right = [figure for figure in says if any(said.fact == name for said in register.facts(figure, text, page.language))]
        if name not in library.myths[page.slug].facts:
            yield Problem(page.path, line, "FACT-3", f"links to '{name}', must be one of the facts of docs/data/myths/{page.slug}.yml")
        elif fact is None:
            continue  # META-3 tells of it, or what is wrong with its record
        elif fact.words and not right:
            yield Problem(page.path, line, "FACT-3", f"'{text}' links to {name}, must say '{fact.words[page.language]}'")
        else:
            for figure in says:
                if figure not in right:
                    yield Problem(page.path, line, "FACT-3", f"'{text}' links to {name} and also says '{figure.text}', must say its own words only")


def _fact_links(library: Library) -> Iterator[tuple[Page, str, str, int]]:
    for page in library.pages.values():
        if page.slug in library.myths:
            for match in FACT_LINK.finditer(page.prose):
                yield page, match[1], match[2], page.line_at(match.start())


@rule("FACT-4")
def first_mention_links(library: Library) -> Iterator[Problem]:
    """Where a page first says a figure, the figure links to its row in the evidence table."""
    register = Register(library)
    for page in library.pages.values():
        if page.slug not in library.myths:
            continue
        allowed = set(library.myths[page.slug].facts)
        linked = {match[2]: match.start() for match in reversed(list(FACT_LINK.finditer(page.prose)))}
        text = blank(FACT_LINK, page.prose)
        known: set[str] = set()
        for figure in register.figures(text, page.language):
            said = [said for said in register.facts(figure, text, page.language) if said.fact in allowed]
            if said and said[0].words not in known and figure.start < min(linked.get(one.fact, len(text)) for one in said):
                wanted = " or ".join(f"[{one.words}](#fact-{one.fact})" for one in said)
                yield Problem(page.path, page.line_at(figure.start), "FACT-4", f"'{said[0].words}' stands without a link, must be {wanted}")
            known.update(one.words for one in said)


@rule("FACT-5")
def words_read_back(library: Library) -> Iterator[Problem]:
    """The words of a fact, read as a figure, give its value and do not name another unit."""
    for name, fact in library.facts.items():
        for language in LANGUAGES if fact.words else ():
            read = parse(fact.words[language])
            place = partial(library.at, FACTS, name, "words", language)
            said = f"words.{language} is '{fact.words[language]}'"
            if read is None:
                yield Problem(*place(), "FACT-5", f"{said}, must be one figure")
            elif read.value != fact.value:
                yield Problem(*place(), "FACT-5", f"{said}, {_plain(read.value)}, must be {_plain(fact.value)}")
            elif read.unit and read.unit != (fact.unit or "").partition("/")[0]:
                yield Problem(*place(), "FACT-5", f"words.{language} is in {read.unit}, must be in {fact.unit}")


def _plain(value: Decimal | None) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@rule("FACT-6")
def derived_right(library: Library) -> Iterator[Problem]:
    """A derived figure is what its formula on other facts gives, rounded to the figure's own decimals. No formula
    leads back to its own fact."""
    values = {name: fact.value for name, fact in library.facts.items() if fact.value is not None}
    round_about = circular({name: fact.needs for name, fact in library.facts.items()})
    for name, fact in library.facts.items():
        if fact.formula is None or fact.value is None or not library.unread["facts"].keys().isdisjoint(fact.needs):
            continue
        place = partial(library.at, FACTS, name, "formula")
        try:
            result = compute(fact.formula, values).quantize(fact.value)
        except ValueError as error:
            yield Problem(*place(), "FACT-6", f"formula '{fact.formula}' {error}")
        except ArithmeticError:
            yield Problem(*place(), "FACT-6", f"formula '{fact.formula}' divides by zero or is too large, must give a figure")
        else:
            if name in round_about:
                yield Problem(*place(), "FACT-6", f"formula '{fact.formula}' leads back to {name}, must come from other facts")
            elif result != fact.value:
                yield Problem(*place(), "FACT-6", f"value is {_plain(fact.value)}, must be {_plain(result)} = {fact.formula}")


@rule("FACT-7")
def facts_used(library: Library) -> Iterator[Problem]:
    """Every fact stands in the evidence of a misconception, or a formula, chart, review or event needs it, or it has cues
    by which articles are compared with it."""
    used = {name for myth in library.myths.values() for name in myth.facts}
    used |= {part.fact for chart in library.charts.values() for part in (*chart.bars, *chart.steps)}
    used |= {name for event in library.events.values() for name in event.facts}
    used |= {name for article in library.articles.values() for review in article.reviews for name in review.facts}
    used |= {name for fact in library.facts.values() for name in fact.needs}
    used |= {name for name, fact in library.facts.items() if fact.cues}
    used |= _named_in_broken_records(library)
    for name in library.facts.keys() - used:
        yield Problem(*library.at(FACTS, name), "FACT-7", f"{name} is used nowhere, must be a fact of some docs/data/myths/*.yml")


@rule("FACT-8")
def registered_once(library: Library) -> Iterator[Problem]:
    """Everything is registered once, as what it is: no two facts have the same statement, no two sources the same
    address, and a term of the glossary is a name, not a figure."""
    for language in LANGUAGES:
        first: dict[str, str] = {}
        for name, fact in library.facts.items():
            if (known := first.setdefault(fact.statement[language], name)) != name:
                yield Problem(*library.at(FACTS, name, "statement", language), "FACT-8", f"statement.{language} is that of {known} too, must be its own, or the fact be entered once")
    first = {}
    for name, source in library.sources.items():
        if (known := first.setdefault(source.url, name)) != name:
            yield Problem(*library.at("docs/data/sources.yml", name, "URL"), "FACT-8", f"URL is that of {known} too, must be its own, or the source be entered once")
    for name, term in library.glossary.items():
        for language in LANGUAGES:
            said = getattr(term, language)
            if any(figure.text == said for figure in find(said) if figure.value is not None):
                yield Problem(*library.at("docs/data/glossary.yml", name, language), "FACT-8", f"{language} is '{said}', a figure, must be a name; figures are facts")


def _named_in_broken_records(library: Library) -> set[str]:
    """Whatever could be an id in the records that could not be read, where one fault is enough, and in drafts."""
    broken = {f"docs/data/{folder}/{name}.yml" for folder in ("myths", "articles") for name in library.named(folder) - getattr(library, folder).keys()}
    texts = [*(library.texts[path] for path in broken), *library.drafts.values(), *library.unread["facts"].values(), *library.unread["charts"].values()]
    return {name for text in texts for name in re.findall(r"[a-z0-9-]+", text)}
