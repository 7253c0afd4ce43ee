"""The page of facts and figures: one table of all, and sums that a reader works out with figures of one's own."""

from html import escape

from ..blocks import cited, figure, kind, kind_of, measured, permalink, statement, table, worked_out
from ..formulas import postfix
from ..labels import LABELS, day, plain
from ..model import Library
from ..records import Fact
from .whole import pages_of, whole

Conflicts = dict[str, dict[str, dict[str, None]]]
MIDDLE = 10**18  # of the numbers that figures are sorted by: none is as large, and negative ones stay in their order


def page(library: Library, language: str) -> str:
    """Every fact as a row of one table, in the order of the misconceptions. What filters and sorts it is hidden until a
    script (registers.js) can do so."""
    label, using = LABELS[language], library.users
    names = dict.fromkeys([*using, *library.facts])
    sums = [_sum(library, name, language) for name in names if library.facts[name].recompute]
    parts = [label["figures_intro"]]
    if sums:
        parts += [f"## {label['sums_title']} {{#sums}}", label["sums_intro"], *sums]
    conflicts = _conflicts(library)
    rows = [_row(library, name, using.get(name, []), conflicts.get(name, {}), language) for name in names]
    parts += [f"## {label['register_title']} {{#register}}", _filter(library, language), table(label["figures_head"], rows)]
    return whole(language, label["figures_title"], label["figures_description"], parts, hide=("toc",))


def _row(library: Library, name: str, slugs: list[str], conflicts: dict[str, dict[str, None]], language: str) -> list[str]:
    fact = library.facts[name]
    said = f'{statement(fact, language)}{_told(library, conflicts, language)}{permalink(name, language)}'
    marks = f'#{name} data-myths="{" ".join(slugs)}" data-kind="{kind_of(library, fact)}" data-grade="{fact.grade}" data-year="{fact.as_of[:4]}"'
    return [
        f"{said} {{{marks}}}", f'{figure(library, fact, language)} {{data-sort="{_place(fact)}"}}', f'{day(fact.as_of, language)} {{data-sort="{fact.as_of}"}}',
        cited(library, fact, language, ""), kind(library, fact, language), pages_of(library, slugs, language, at=f"#fact-{name}") or "—",
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


def _told(library: Library, conflicts: dict[str, dict[str, None]], language: str) -> str:
    label = LABELS[language]
    links = ((word, (f"[{plain(library.facts[other].statement[language])}](#{other})" for other in others)) for word, others in conflicts.items())
    return "".join(f" <br><small>{label[word]}{label['list'].join(link)}</small>" for word, link in links)


def _filter(library: Library, language: str) -> str:
    """The form that filters and sorts the table."""
    assert library.vocabulary
    label, words = LABELS[language], library.vocabulary
    kinds = {kind_of(library, fact) for fact in library.facts.values()}
    columns = label["figures_head"].split(" | ")
    choices = {
        "myth": {slug: myth.label[language] for slug, myth in library.myths.items()},
        "kind": {name: word[language].word for name, word in words.kinds.items() if name in kinds},
        "grade": {name: word[language].word for name, word in words.grades.items() if any(fact.grade == name for fact in library.facts.values())},
        "year": {year: day(year, language) for year in sorted({fact.as_of[:4] for fact in library.facts.values()}, reverse=True)},
    }
    fields = [_select(name, label["filters"][name], {"": label["all"], **options}) for name, options in choices.items()]
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


def _sum(library: Library, name: str, language: str) -> str:
    """A derived figure with its formula in words, and the form that works it out again."""
    fact, label = library.facts[name], LABELS[language]
    assert fact.formula
    given = [_input(library, need, language) for need in dict.fromkeys(fact.needs)]
    return "\n".join([
        f"**[{plain(fact.statement[language])}](#{name})**{label['colon']}{worked_out(library, fact, language)} = **{plain(measured(library, fact, language))}**", "",
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
