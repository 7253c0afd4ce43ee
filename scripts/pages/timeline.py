"""The timeline: what happened when, with its source and the misconceptions that turn on it."""

from itertools import groupby

from ..blocks import cited
from ..labels import LABELS, day, plain
from ..model import Library
from ..records import Event
from .whole import pages_of, whole


def page(library: Library, language: str) -> str:
    """The events by year and date, as lists that the style sheet draws as a line with its points."""
    label = LABELS[language]
    parts = [label["timeline_intro"], '<div class="timeline" markdown="1">']
    for year, some in groupby(library.events.values(), key=lambda event: _date(library, event)[:4]):
        parts += [f"## {year} {{#y{year}}}", "\n".join(_event(library, event, language) for event in some)]
    return whole(language, label["timeline_title"], label["timeline_description"], [*parts, "</div>"])


def _date(library: Library, event: Event) -> str:
    return library.facts[event.facts[0]].as_of


def _event(library: Library, event: Event, language: str) -> str:
    label, first = LABELS[language], event.facts[0]
    when, on = _date(library, event), dict.fromkeys(slug for name in event.facts for slug in library.users.get(name, ()))
    note = f"{label['open']}{plain(event.note[language])}{label['close']}" if event.note else ""
    pages = f"{label['dot']}{pages_of(library, on, language)}" if on else ""
    return f'- <time datetime="{when}">{day(when, language)}</time>{note} <br>{plain(event.what[language])} <br><small>{cited(library, library.facts[first], language, "")}{pages}</small>'
