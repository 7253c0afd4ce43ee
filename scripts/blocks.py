"""Generated passages of hand-written pages, and the front matter that templates need."""

import re
from itertools import groupby
from operator import itemgetter
from typing import Callable, Iterator

from . import citations, overview, registers, replies, versions
from .accounts import Article, Review
from .charts import drawable
from .charts import path as chart_path
from .files import dump_yaml
from .labels import LABELS, day, plain
from .model import BLOCK, GENERATED, OTHER, PASSAGES, Library, Page
from .outcome import complete, conclusion, kind_of, marked, measured, origin, worked_out
from .records import Change, Fact, Myth, Source

ROWS_IN_SIGHT = 12
OF_THE_VERSION = ("cite",)  # passages that name the version of the text around them
HAN = re.compile("[\u4e00-\u9fff]")
Passage = Callable[[Library, Page, str], str | None]


def make(library: Library) -> Iterator[tuple[str, str]]:
    """Path and text of every hand-written page, its passages filled from the records. A page whose records are not all
    there is left out."""
    pages = (page for page in library.pages.values() if not page.whole)
    return ((page.path, text) for page in pages if (text := _page(library, page)) is not None)


def _page(library: Library, page: Page) -> str | None:
    head = _front_matter(library, page)
    if head is None or (page.slug and not complete(library, page.slug)):
        return None
    body = _filled(page.body, lambda match: match.group("body") if match["name"] in OF_THE_VERSION else fill(library, page, match["name"], match["argument"] or ""))
    if body is not None and page.slug:
        version = versions.version(library, page, body)
        head += dump_yaml({"version": version.replace(",", "")})  # for the templates
        body = _filled(body, lambda match: fill(library, page, match["name"], version) if match["name"] in OF_THE_VERSION else match.group("body"))
    return body and f"---\n{head}---\n{body}"


def _filled(body: str, said: Callable[[re.Match[str]], str | None]) -> str | None:
    """A body with what each of its passages says; None when one of them cannot be made."""
    texts = {match.start(): (match, said(match)) for match in BLOCK.finditer(body)}
    if any(text is None for _, text in texts.values()):
        return None
    for match, text in reversed(texts.values()):
        body = f"{body[:match.start('body')]}\n{(text or '').strip()}\n\n{body[match.end('body'):]}"
    return body


def fill(library: Library, page: Page, name: str, argument: str) -> str | None:
    """The text of a passage; None when what it needs is not there, and for a name that is no passage."""
    if name in PASSAGES["myth"] and not page.slug:
        return None
    passage = FILLERS.get(name)
    return passage(library, page, argument) if passage else None


def _front_matter(library: Library, page: Page) -> str | None:
    """The page's front matter: what a person wrote, then what the record says."""
    if page.head is None:
        return None
    own = page.head.partition(GENERATED)[0]
    if not page.slug:
        return own
    myth = library.myths.get(page.slug)
    if myth is None or library.vocabulary is None:
        return None
    _, verdict, answer = conclusion(library, myth, page.language)
    words = {"claim": myth.claim[page.language], "verdict": verdict, "answer": answer}
    made = {"title": myth.title[page.language], "description": LABELS[page.language]["description"].format(**words), "tags": [myth.label[page.language]], "updated": str(myth.changes[0].date)}
    return f"{own}{GENERATED}\n{dump_yaml(made)}"


def _head(library: Library, page: Page, _: str) -> str | None:
    myth, language, label = library.myths[page.slug], page.language, LABELS[page.language]
    dates = label["as_of"].format(reviewed=day(myth.reviewed, language), recheck=day(myth.recheck_by, language))
    own, other = myth.summary[language], OTHER[language]
    address = f"{'../../en/' if other == 'en' else '../../../'}{page.name.removesuffix('.md')}/"
    link = f'<a href="{address}" hreflang="{other}">{LABELS[other]["read_other"]}</a>'
    return "\n".join([
        f"# {plain(myth.title[language])} {{#top}}", "",
        f'<div class="verdict verdict-{conclusion(library, myth, language)[0]}" markdown="1">', "",
        marked(*conclusion(library, myth, language)), "", *_verdict_changed(library, myth, language),
        f'{dates} · <a class="short-address" href="{"../../" if language == "zh" else "../../../"}c/{page.slug}/">{label["short_address"]}</a> · [{label["kit"]}](#reply)<span class="overdue" data-recheck="{myth.recheck_by}" hidden>{label["overdue"]}</span>', "", "</div>", "",
        f'<div class="summary" lang="{language}" markdown="1">', "",
        f"**{label['summary']}**{label['colon']}{plain(own)}", "", "</div>", "",
        f'<div class="summary summary-other" lang="{other}" markdown="1">', "",
        f"**{LABELS[other]['other_summary']}**{LABELS[other]['colon']}{plain(myth.summary[other])} {link}", "", "</div>",
    ])  # fmt: skip


def _verdict_changed(library: Library, myth: Myth, language: str) -> list[str]:
    """What the log says of the last change of the verdict, for the top of the page."""
    assert library.vocabulary
    last = next((change for change in myth.changes if change.kind == "verdict"), None)
    word, colon = library.vocabulary.changes["verdict"][language].word, LABELS[language]["colon"]
    return [f"**{plain(word)}**{LABELS[language]['comma']}{day(last.date, language)}{colon}{plain(last.note[language])}", ""] if last else []


def _claim(library: Library, page: Page, _: str) -> str:
    myth, label = library.myths[page.slug], LABELS[page.language]
    heard = "\n".join(f"- {plain(wording)}" for wording in myth.phrasings[page.language])
    return (
        f'<div class="claim" markdown="1">\n\n**{label["claim"]}**{label["colon"]}{plain(myth.claim[page.language])}\n\n</div>\n\n'
        f'<details class="heard" markdown="1">\n<summary>{label["heard"]}</summary>\n\n{heard}\n\n</details>'
    )


def table(head: str, rows: list[list[str]]) -> str:
    """A Markdown table from a head `a | b` and rows of cells."""
    columns = head.count(" | ") + 1
    lines = [f"| {head} |", "|" + " --- |" * columns, *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n".join(lines)


def statement(fact: Fact, language: str, address: str = "") -> str:
    """What a fact says, linked to an address if there is one, with what its figure covers and leaves out."""
    label = LABELS[language]
    said = plain(fact.statement[language])
    said = f"[{said}]({address})" if address else said
    notes = [(label[name], getattr(fact, name)) for name in ("covers", "excludes")]
    return said + "".join(f" <br><small>{word}{plain(text[language])}</small>" for word, text in notes if text)


def cited(library: Library, fact: Fact, language: str, up: str, slug: str = "") -> str:
    """A link to a fact's source, for a misconception if one is named, with the place in it. `up` leads to the language's
    folder."""
    source = origin(library, fact)
    page = registers.link(library, registers.SOURCES, fact.source, slug) if isinstance(source, Source) else f"articles/{fact.source}.md"
    return f"[{foreign(source.title, language)}]({up}{page}){LABELS[language]['comma']}{foreign(fact.locator, language)}" if source else ""


def foreign(text: str, language: str) -> str:
    """Text in whichever language it is, marked when that is not the page's."""
    own = "zh" if HAN.search(text) else "en"
    return plain(text) if own == language else f'<span lang="{own}">{plain(text)}</span>'


def kind(library: Library, fact: Fact, language: str) -> str:
    """The kind of a fact's source, how it was read, and when, in words."""
    assert library.vocabulary
    source, words = origin(library, fact), library.vocabulary
    when = f"{LABELS[language]['comma']}{day(source.accessed, language)}" if isinstance(source, Source) else ""
    return f"{plain(words.kinds[kind_of(library, fact)][language].word)} <br><small>{plain(words.grades[fact.grade][language].word)}{when}</small>"


def figure(library: Library, fact: Fact, language: str, address: str = "") -> str:
    """A fact's figure in words, linked to an address if there is one, and how it was worked out."""
    if not fact.words:
        return "—"
    said = plain(measured(library, fact, language))
    said = f"[{said}]({address})" if address else said
    return said + (f" <br><small>{LABELS[language]['derived']}{worked_out(library, fact, language)}</small>" if fact.formula else "")


def _evidence(library: Library, page: Page, _: str) -> str:
    """The facts as a table; the rows after the first ones in a fold, so that a phone's reader gets past them."""
    label, head = LABELS[page.language], LABELS[page.language]["evidence_head"]
    rows = [_row(library, name, page) for name in library.myths[page.slug].facts]
    rest = rows[ROWS_IN_SIGHT:]
    fold = f'\n\n<details class="more" markdown="1">\n<summary>{label["more"].format(count=len(rest))}</summary>\n\n{table(head, rest)}\n\n</details>'
    return table(head, rows[:ROWS_IN_SIGHT]) + (fold if rest else "")


def _row(library: Library, name: str, page: Page) -> list[str]:
    fact, language, address = library.facts[name], page.language, f"../{registers.link(library, registers.FIGURES, name, page.slug)}"
    said = statement(fact, language, "" if fact.words else address)
    return [f"{said}{permalink(f'fact-{name}', language)} {{#fact-{name}}}", figure(library, fact, language, address), cited(library, fact, language, "../", page.slug), kind(library, fact, language)]


def permalink(name: str, language: str) -> str:
    """A link of a row to itself, to be copied. It has a title and no text: the row's words can be selected, found and
    linked without it, and a style sheet draws it."""
    return f' <a class="permalink" href="#{name}" title="{LABELS[language]["permalink"]}"></a>'


def _articles(library: Library, page: Page, _: str) -> str | None:
    if library.articles.keys() != library.named("articles"):
        return None
    parts = []
    for name, found in groupby(library.reviews.get(page.slug, []), key=itemgetter(0)):
        article, items = library.articles[name], [review(library, item, page.language, f"../articles/{name}.md") for _, item in found]
        by = LABELS[page.language]["article_by"].format(byline=plain(article.byline), published=day(article.published, page.language))
        parts.append(f"**[{plain(titled(article, page.language))}](../articles/{name}.md)**{LABELS[page.language]['comma']}{by}\n\n" + "\n".join(items))
    return "\n\n".join(parts) or LABELS[page.language]["no_reviews"]


def titled(article: Article, language: str) -> str:
    """An article's title; in the other language with its translation."""
    translation = article.translation[language] if article.translation else article.title
    return article.title if article.language.startswith(language) or translation == article.title else f"{article.title} ({translation})"


def review(library: Library, item: Review, language: str, article: str) -> str:
    """One judgement on an article as a list entry: rating, section, what it says, how that stands."""
    assert library.vocabulary
    label = LABELS[language]
    section = label["section"].format(number=item.section) if item.section else label["lead"]
    rating = f"**{plain(library.vocabulary.ratings[item.rating][language].word)}**{{ .rating .rating-{item.rating} }}"
    place = f"[{section}]({article}#s{item.section})" if article else section
    gap = label["gap"]
    return f"- {rating} {place}{label['colon']}{plain(item.says[language])}{gap}**{label['finding'].strip()}**{gap}{plain(item.finding[language])}"


def _chart(library: Library, page: Page, name: str) -> str | None:
    chart, language = library.charts.get(name), page.language
    if chart is None or not drawable(chart, library.facts):
        return None
    label = LABELS[language]
    rows = [[bar.label[language], measured(library, library.facts[bar.fact], language)] for bar in chart.bars]
    rows += [[layer.label[language], layer.note[language]] for layer in chart.layers]
    rows += [[day(library.facts[step.fact].as_of, language), step.label[language], step.note[language]] for step in chart.steps]
    head = label["data_head" if chart.bars else "steps_head" if chart.steps else "layers_head"]
    alt = f"{chart.title[language]}{label['colon']}{label['list'].join(' '.join(row) for row in rows)}"
    image = chart_path(name, language).removeprefix(f"docs/{language}/")
    return (
        f'<figure class="chart" markdown="1">\n\n**{plain(chart.title[language])}**\n\n![{plain(alt)}](../{image})\n\n'
        f'<figcaption markdown="span">{plain(chart.note[language])}</figcaption>\n\n</figure>\n\n'
        f'<details class="data" markdown="1">\n<summary>{label["data"]}</summary>\n\n'
        f"{table(head, [[plain(cell) for cell in row] for row in rows])}\n\n</details>"
    )


def _changes(library: Library, page: Page, _: str) -> str:
    return "\n".join(_entry(library, page, key, entry) for key, entry in zip(versions.keys(library.myths[page.slug]), library.myths[page.slug].changes))


def _entry(library: Library, page: Page, key: str, entry: Change) -> str:
    """An entry of the log, linked to the text of that day unless it is the page's own or was not kept."""
    assert library.vocabulary
    language, label = page.language, LABELS[page.language]
    said = f"- {day(entry.date, language)} · {plain(library.vocabulary.changes[entry.kind][language].word)}{label['colon']}{plain(entry.note[language])}"
    return versions.told(library, page.slug, key, said, page.slug, language)


def _related(library: Library, page: Page, _: str) -> str:
    return "\n".join(overview.card(library, slug, page.language, f"{slug}.md") for slug in library.myths[page.slug].related)


def _scale(name: str, head: str) -> Passage:
    """The passage that shows one vocabulary as a table of words and meanings."""

    def passage(library: Library, page: Page, _: str) -> str | None:
        if library.vocabulary is None:
            return None
        words = (entry[page.language] for entry in getattr(library.vocabulary, name).values())
        return table(LABELS[page.language][head], [[f"**{plain(word.word)}**", plain(word.meaning)] for word in words])

    return passage


FILLERS: dict[str, Passage] = {
    "head": _head,
    "claim": _claim,
    "chart": _chart,
    "evidence": _evidence,
    "articles": _articles,
    "reply": replies.passage,
    "cite": citations.passage,
    "changes": _changes,
    "related": _related,
    "cards": overview.passage,
    "verdicts": _scale("verdicts", "verdicts_head"),
    "kinds": _scale("kinds", "kinds_head"),
    "grades": _scale("grades", "grades_head"),
}
