"""The figure check: how the figures of a paragraph stand against the register.

A figure is compared with the facts of the misconceptions that its paragraph touches, with the facts whose cues speak
for it, and, when it is too precise to be a coincidence, with the whole register. Only cues say that a figure is meant
to be a certain fact, so only they make it contradict one; and they do not when the sentence gives that fact rightly
beside it, when the figure is another registered one, or when it has no unit to tell what it counts.
"""

import re
from bisect import bisect_left, bisect_right
from decimal import Decimal
from functools import lru_cache
from typing import Collection, Iterable, Mapping, NamedTuple

from .cues import Cue, Scope, bounds, cues, sentences
from .figures import Found
from .records import Fact

AGREES, ROUNDED, CONTRADICTS, UNKNOWN = "agrees", "agrees after rounding", "contradicts", "unknown"
UNSAID = {"GPU", "GPU-hour", "SM", "exchange", "expert", "layer", "model", "node", "parameter", "sample", "text", "token", "user"}  # units that prose leaves out
NEAR = Decimal("0.1")  # “nearly”, “over” and “under” say that a figure is within a tenth
DIGITS = re.compile(r"\d[\d,]*(?:\.(?P<decimals>\d+))?")
PRECISE = 3  # significant digits from which a figure is no coincidence
LONG = 4  # an integer of so many digits that ends in zeros is taken for rounded


class Row(NamedTuple):
    """One figure of an article: how it stands, against which facts, and the word that says it is taken for something
    else."""

    figure: Found
    outcome: str
    facts: tuple[str, ...] = ()
    taken_for: str | None = None


class Comparer:
    """Compares figures with facts: id → fact. Those in `reported` have an article for their source: that it says so is
    known, whether it is so is not, hence they confirm nothing; but what they are taken for is told."""

    def __init__(self, facts: Mapping[str, Fact], reported: Collection[str] = ()):
        self.facts, self.reported = facts, reported
        self.grouped: dict[tuple[str, ...], dict[str, list[str]]] = {}
        self.register = self._by_value()
        self.cues = cues({name: fact.cues for name, fact in facts.items()})
        self.askable: dict[tuple[bool, str | None], list[Cue]] = {}  # a dated figure or not, and its unit → cues of facts that it can be
        self.confused = cues({name: fact.confused_with for name, fact in facts.items()})
        self.alike = _alike(facts)

    def rows(self, text: str, figures: Iterable[Found], near: Iterable[str]) -> list[Row]:
        """How each figure of a paragraph stands; `near` are the facts of the misconceptions that it touches."""
        near, rows = tuple(name for name in near if name in self.facts), []
        for sentence in sentences(text, list(figures)):
            own = [figure for figure, _ in sentence]
            meant = [self._meant(text, figure, scope) for figure, scope in sentence]
            facts = list(dict.fromkeys(name for names in meant for name in names))
            against = [self._against(own, index, facts) for index in range(len(own))]
            given = {other for outcomes in against for name, outcome in outcomes.items() if outcome != CONTRADICTS for other in self.alike[name]}
            for index, (figure, scope) in enumerate(sentence):
                held = {name: against[index][name] for name in meant[index] if name in against[index] and (against[index][name] != CONTRADICTS or name not in given)}
                taken = {cue.fact: said for cue in self.confused if (said := cue.speaks(scope))}
                rows.append(self._row(figure, {**self._loose(figure, _other_end(own, index), (*near, *taken)), **held}, taken))
        return rows

    def _meant(self, text: str, figure: Found, scope: Scope) -> list[str]:
        """The facts that a figure is meant to be."""
        if figure.date is not None and bounds(text, figure):
            return []
        kind = (figure.date is not None, figure.unit)
        if kind not in self.askable:
            self.askable[kind] = [cue for cue in self.cues if self._comparable(figure, cue.fact)]
        return list(dict.fromkeys(cue.fact for cue in self.askable[kind] if cue.speaks(scope)))

    def _comparable(self, figure: Found, name: str) -> bool:
        fact = self.facts[name]
        if figure.date is not None or fact.value is None:
            return figure.date is not None and fact.value is None
        return figure.unit is None or figure.unit in _said_as(fact.unit)

    def _against(self, figures: list[Found], index: int, names: Iterable[str]) -> dict[str, str]:
        """How a figure of a sentence stands against facts that figures of the sentence are meant to be."""
        other = _other_end(figures, index)
        return {name: outcome for name in names if (outcome := self._outcome(figures[index], other, name, meant=True))}

    def _row(self, figure: Found, against: dict[str, str], taken: dict[str, str]) -> Row:
        for outcome in (AGREES, ROUNDED):
            if names := tuple(name for name, found in against.items() if found == outcome):
                if wrong := next((name for name in names if name in taken), None):
                    return Row(figure, CONTRADICTS, (wrong,), taken[wrong])
                if checked := tuple(name for name in names if name not in self.reported):
                    return Row(figure, outcome, checked)
        if elsewhere := self._elsewhere(figure):
            return elsewhere
        wrong = tuple(name for name, outcome in against.items() if outcome == CONTRADICTS and name not in self.reported)
        told = wrong and (figure.date or figure.unit and not self._registered(figure))
        return Row(figure, CONTRADICTS, wrong) if told else Row(figure, UNKNOWN)

    def _by_value(self) -> dict[str, list[tuple[Decimal, str]]]:
        """Unit → value and id of each fact that can be said in it, by value; without those that articles report."""
        found: dict[str, list[tuple[Decimal, str]]] = {}
        for name, fact in self.facts.items():
            for unit in _said_as(fact.unit) if fact.value is not None and name not in self.reported else ():
                if unit and (value := _in_unit(fact.value, fact.unit, unit)) is not None:
                    found.setdefault(unit, []).append((value, name))
        return {unit: sorted(facts) for unit, facts in found.items()}

    def _registered(self, figure: Found) -> bool:
        """Whether the register has the very figure, for whatever."""
        facts = self.register.get(figure.unit or "", [])
        at = bisect_left(facts, (figure.value or Decimal(0), ""))
        return at < len(facts) and facts[at][0] == figure.value and figure.qualifier in (None, "about")

    def _elsewhere(self, figure: Found) -> Row | None:
        """A figure with a unit and three significant digits or more, as the whole register has it."""
        if figure.value is None or figure.unit is None or figure.qualifier not in (None, "about") or len(figure.value.normalize().as_tuple().digits) < PRECISE:
            return None
        facts, half = self.register.get(figure.unit, []), _step(figure) / 2
        close = facts[bisect_left(facts, (figure.value - half, "")) : bisect_right(facts, (figure.value + half, "\uffff"))]
        exact = tuple(name for value, name in close if value == figure.value)
        return Row(figure, AGREES if exact else ROUNDED, exact or tuple(name for _, name in close)) if close else None

    def _loose(self, figure: Found, other: Found | None, names: tuple[str, ...]) -> dict[str, str]:
        """How a figure stands against facts that nothing says it is meant to be: no contradiction."""
        return {name: outcome for name in self._alike(names, figure.unit) if (outcome := self._outcome(figure, other, name, meant=False))}

    def _alike(self, names: tuple[str, ...], unit: str | None) -> list[str]:
        """Those of some facts that can be compared with a figure of a unit."""
        if names not in self.grouped:
            groups = self.grouped.setdefault(names, {})
            for name in names:
                fact = self.facts[name]
                for said in _said_as(fact.unit) if fact.value is not None else ():
                    groups.setdefault(said, []).append(name)
        return self.grouped[names].get(unit or "", [])

    def _outcome(self, figure: Found, other: Found | None, name: str, meant: bool) -> str | None:
        """How a figure stands against one fact; None when the two cannot be compared."""
        fact = self.facts[name]
        if figure.date is not None:
            return _date_outcome(figure, str(fact.as_of)) if meant and fact.value is None else None
        if fact.value is None or figure.value is None or (registered := _in_unit(fact.value, fact.unit, figure.unit)) is None:
            return None
        outcome = _range_outcome(figure, other, registered) if other and other.value is not None else _value_outcome(figure, registered, meant)
        return outcome if meant or outcome != CONTRADICTS else None


def _alike(facts: Mapping[str, Fact]) -> dict[str, set[str]]:
    """Fact → the facts with a cue in the same words, which say one thing in several ways; itself too."""
    by_words: dict[tuple[tuple[str, ...], ...], set[str]] = {}
    for cue in cues({name: fact.cues for name, fact in facts.items()}):
        by_words.setdefault(cue.words, set()).add(cue.fact)
    return {name: {name}.union(*(group for group in by_words.values() if name in group)) for name in facts}


def _other_end(figures: list[Found], index: int) -> Found | None:
    """The other end of the range that a figure is an end of."""
    step = {"from": 1, "to": -1}.get(figures[index].qualifier or "", 0)
    return figures[index + step] if step and 0 <= index + step < len(figures) else None


def _said_as(unit: str | None) -> list[str]:
    """The units in which prose may say a fact of a unit; empty for none at all."""
    base = (unit or "").partition("/")[0]
    others = {"GPU-hour": ["hour"], "percent": ["ratio"], "ratio": ["percent"]}.get(base, [])
    return [base, *others, *([""] if unit in UNSAID else [])]


def _in_unit(value: Decimal, unit: str | None, wanted: str | None) -> Decimal | None:
    """A registered value in the unit of a figure; None when it has no such unit."""
    base = (unit or "").partition("/")[0]
    if wanted in (None, base) or wanted == "hour" and base == "GPU-hour":
        return value
    if (base, wanted) == ("percent", "ratio"):
        return value / 100
    return value * 100 if (base, wanted) == ("ratio", "percent") else None


def _value_outcome(figure: Found, registered: Decimal, meant: bool) -> str:
    value = abs(figure.value or Decimal(0))
    registered = abs(registered)
    slack = max(value, registered) if meant else value * NEAR
    if figure.qualifier in ("over", "least"):
        return AGREES if 0 <= registered - value <= slack else CONTRADICTS
    if figure.qualifier in ("under", "most"):
        return AGREES if 0 <= value - registered <= slack else CONTRADICTS
    if registered == value:
        return AGREES
    if figure.qualifier == "nearly":
        return AGREES if 0 < value - registered <= value * NEAR else CONTRADICTS
    return ROUNDED if abs(registered - value) <= _step(figure) / 2 else CONTRADICTS


@lru_cache(maxsize=64)  # one figure meets many facts
def _step(figure: Found) -> Decimal:
    """What the last digit of a figure is worth: 10,000 USD in 558万美元. Zeros that end a long integer, or one said
    to be approximate, are taken for rounding."""
    value = abs(figure.value or Decimal(0))
    match = DIGITS.search(figure.numeral)
    if match is None or not (mantissa := Decimal(match.group().replace(",", ""))):
        return Decimal(1).scaleb(value.normalize().as_tuple().exponent)  # type: ignore[arg-type]
    worth = value / mantissa
    if match["decimals"]:
        return worth.scaleb(-len(match["decimals"]))
    digits = f"{mantissa:f}"
    zeros = len(digits) - len(digits.rstrip("0")) if len(digits) >= LONG or figure.qualifier == "about" else 0
    return worth.scaleb(zeros)


def _range_outcome(figure: Found, other: Found, registered: Decimal) -> str:
    low, high = sorted((figure.value or Decimal(0), other.value or Decimal(0)))
    return AGREES if low <= registered <= high else CONTRADICTS


def _date_outcome(figure: Found, as_of: str) -> str | None:
    """Dates agree in the parts that both give; a range of days agrees with a day in it. None without a part in
    common."""
    said, last, registered = ((text or "").replace("--", "-").split("-") for text in (figure.date, figure.until or figure.date, as_of))
    pairs = [(low, high, part) for low, high, part in zip(_parts(said), _parts(last), _parts(registered)) if low and part]
    return (AGREES if all(low <= part <= high for low, high, part in pairs) else CONTRADICTS) if pairs else None


def _parts(date: list[str]) -> list[str]:
    """Year, month and day of an ISO date, empty where it gives none."""
    return [*date, "", "", ""][:3]
