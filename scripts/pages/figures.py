"""The pages of facts and figures: a table for each misconception, and sums that a reader works out with figures of one's own."""

from collections.abc import Sequence
from html import escape
from typing import Iterator

from ..blocks import cited, figure, kind, kind_of, measured, permalink, statement, table, worked_out
from ..formulas import postfix
from ..labels import LABELS, day, plain
from ..model import Library
from ..records import Fact
from ..registers import FIGURES, near, page
from .whole import by_myth, of_myth, pages_of, whole

Conflicts = dict[str, dict[str, dict[str, None]]]
MIDDLE = 10**18  # of the numbers that figures are sorted by: none is as large, and negative ones stay in their order


def pages(library: Library, language: str) -> Iterator[tuple[str, str]]:
    """Name and text of the first page, which lists the others, and of one page for each misconception."""
    conflicts = _conflicts(library)
    yield page(FIGURES), _first(library, conflicts, language)
    yield from ((page(FIGURES, slug), _of(library, slug, conflicts, language)) for slug in library.myths)


def _first(library: Library, conflicts: Conflicts, language: str) -> str:
    """Where the facts are, those that no misconception has, and the form that brings all into one table."""
    label, left = LABELS[language], [name for name in library.facts if name not in library.users]
    parts = [label["figures_intro"], *by_myth(library, FIGURES, {slug: len(myth.facts) for slug, myth in library.myths.items()}, language)]
    button = label["in_one_table"].format(count=len(library.facts))
    every = f'<p class="gather" data-failed="{escape(label["not_fetched"])}" hidden><button type="button">{button}</button> <output></output></p>'
    parts += [f"## {label['register_title']} {{#register}}", label["register_intro"], every, _filter(library, list(library.facts), language, list(library.myths))]
    if left:
        parts += [*_sums(library, left, language, ""), f"## {label['facts_left']} {{#left}}", _table(library, left, conflicts, language, "")]
    return whole(language, label["figures_title"], label["figures_description"], parts, hide=("toc",))


def _of(library: Library, slug: str, conflicts: Conflicts, language: str) -> str:
    """The facts of one misconception as a table. What filters and sorts it is hidden until a script (registers.js) can do
    so, and so are the sums."""
    label, facts = LABELS[language], library.myths[slug].facts
    parts = [*_sums(library, facts, language, slug), f"## {label['register_title']} {{#register}}", _filter(library, facts, language), _table(library, facts, conflicts, language, slug)]
    return of_myth(library, FIGURES, slug, language, parts, hide=("toc",))


def _sums(library: Library, names: list[str], language: str, slug: str) -> list[str]:
    label, sums = LABELS[language], [_sum(library, name, language, slug) for name in names if library.facts[name].recompute]
    return [f"## {label['sums_title']} {{#sums}}", label["sums_intro"], *sums] if sums else []


def _table(library: Library, names: list[str], conflicts: Conflicts, language: str, slug: str) -> str:
    return table(LABELS[language]["figures_head"], [_row(library, name, conflicts.get(name, {}), language, slug) for name in names])


def _row(library: Library, name: str, conflicts: dict[str, dict[str, None]], language: str, slug: str) -> list[str]:
    """A fact as a row on the page of a misconception, or on the first page, where there is none."""
    fact, slugs, up = library.facts[name], library.users.get(name, []), "../" if slug else ""
    said = f'{statement(fact, language)}{_told(library, conflicts, language, slug)}{permalink(name, language)}'
    marks = f'#{name} data-myths="{" ".join(slugs)}" data-kind="{kind_of(library, fact)}" data-grade="{fact.grade}" data-year="{fact.as_of[:4]}"'
    return [
        f"{said} {{{marks}}}", f'{figure(library, fact, language)} {{data-sort="{_place(fact)}"}}', f'{day(fact.as_of, language)} {{data-sort="{fact.as_of}"}}',
        cited(library, fact, language, up, slug), kind(library, fact, language), pages_of(library, slugs, language, up, f"#fact-{name}") or "—",
    ]  # fmt: skip


def _place(fact: Fact) -> str:
    """What a figure is sorted by: its unit, then its value; nothing for a fact without one."""
    return "" if fact.value is None else f"{fact.unit} {fact.value + MIDDLE:026.6f}"


def _conflicts(library: Library) -> Conflicts:
    """Fact → label → the facts that it supersedes or disputes, or that do so to it; each once, whoever names the other."""
    found: Conflicts = {}
    for name, fact in library.facts.items():
        for word, back, others in (("supersedes", "superseded", fact.supersedes), ("disputes", "disputes", fact.disputes)):
            for other in others:
                found.setdefault(name, {}).setdefault(word, {})[other] = None
                found.setdefault(other, {}).setdefault(back, {})[name] = None
    return found


def _told(library: Library, conflicts: dict[str, dict[str, None]], language: str, slug: str) -> str:
    label = LABELS[language]
    links = ((word, (f"[{plain(library.facts[other].statement[language])}]({near(library, FIGURES, other, slug)})" for other in others)) for word, others in conflicts.items())
    return "".join(f" <br><small>{label[word]}{label['list'].join(link)}</small>" for word, link in links)


def _filter(library: Library, names: list[str], language: str, slugs: Sequence[str] = ()) -> str:
    """The form that filters and sorts a table of these facts, by misconception too if some are given."""
    assert library.vocabulary
    label, words = LABELS[language], library.vocabulary
    facts = [library.facts[name] for name in names]
    kinds = {kind_of(library, fact) for fact in facts}
    columns = label["figures_head"].split(" | ")
    choices = {
        "myth": {slug: library.myths[slug].label[language] for slug in slugs},
        "kind": {name: word[language].word for name, word in words.kinds.items() if name in kinds},
        "grade": {name: word[language].word for name, word in words.grades.items() if any(fact.grade == name for fact in facts)},
        "year": {year: day(year, language) for year in sorted({fact.as_of[:4] for fact in facts}, reverse=True)},
    }
    fields = [_select(name, label["filters"][name], {"": label["all"], **options}) for name, options in choices.items() if options]
    order = {"": label["as_listed"]} | {f"{column}{way}": f"{columns[column]}{label[word]}" for column in (0, 1, 2) for way, word in (("", "rising"), ("-", "falling"))}
    return "\n".join([
        '<form class="filter" hidden>',
        f'<p><label for="filter-text">{label["filters"]["text"]}</label><input type="search" name="text" id="filter-text"></p>',
        *fields, _select("sort", label["filters"]["sort"], order),
        f'<button type="reset">{label["reset"]}</button>', f'<output data-count="{escape(label["count"])}"></output>', "</form>",
    ])  # fmt: skip


def _select(name: str, label: str, options: dict[str, str]) -> str:
    entries = "".join(f'<option value="{value}">{escape(said)}</option>' for value, said in options.items())
    return f'<p><label for="filter-{name}">{label}</label><select name="{name}" id="filter-{name}">{entries}</select></p>'


def _sum(library: Library, name: str, language: str, slug: str) -> str:
    """A derived figure with its formula in words, and the form that works it out again."""
    fact, label = library.facts[name], LABELS[language]
    assert fact.formula
    given = [_input(library, need, language) for need in dict.fromkeys(fact.needs)]
    return "\n".join([
        f"**[{plain(fact.statement[language])}]({near(library, FIGURES, name, slug)})**{label['colon']}{worked_out(library, fact, language)} = **{plain(measured(library, fact, language))}**", "",
        f'<form class="sum" data-formula="{" ".join(postfix(fact.formula))}" data-unit="{escape(_unit(library, fact, language))}" hidden>',
        *given, f'<p>{label["result"]}<output></output> <button type="reset">{label["as_registered"]}</button></p>', "</form>",
    ])  # fmt: skip


def _unit(library: Library, fact: Fact, language: str) -> str:
    assert library.vocabulary
    return library.vocabulary.units[fact.unit][language] if fact.unit else ""


def _input(library: Library, name: str, language: str) -> str:
    fact = library.facts[name]
    unit = _unit(library, fact, language)
    said = f"{fact.statement[language]}{LABELS[language]['open']}{unit}{LABELS[language]['close']}" if unit else fact.statement[language]
    return f'<label>{escape(said)}<input type="number" name="{name}" value="{fact.value:f}" min="0" step="any" inputmode="decimal"></label>'
