"""What an editor wrote into a record stays when its article is read again, and what changed is told.

Sections are known again by their paragraphs' fingerprints and by their headings, so that a gist and a review follow
their section when paragraphs or headings are added, moved or reworded.
"""

from collections import Counter
from typing import Any, NamedTuple

from .model import Problem
from .records import Article

EDITORS = ("translation", "interest", "summary", "reviews")


class Changes(NamedTuple):
    """Numbers of paragraphs: new ones, those that are in another section now, and, by their old number, lost ones; and
    of the sections that say something else than before."""

    added: list[int]
    moved: list[int]
    removed: list[int]
    sections: list[int]


def keep(name: str, record: dict[str, Any], older: Article) -> list[Problem]:
    """Carries the editor's words over from the older record into the new one. A gist or review whose section is gone
    is a problem: it would be lost."""
    old = older.model_dump(mode="json", exclude_none=True)
    record.update({field: old[field] for field in EDITORS if old.get(field)})
    places = sections_again(old["sections"], record["sections"])
    reviewed = {review["section"] for review in old.get("reviews", ())}
    problems = []
    for index, section in enumerate(old["sections"]):
        if index in places:
            if section.get("gist"):
                record["sections"][places[index]]["gist"] = section["gist"]
        elif what := " and ".join(word for word, there in (("gist", section.get("gist")), ("review", index in reviewed)) if there):
            problems.append(Problem(name, 1, "INGEST-3", f"no longer has the section '{section['heading']}', whose {what} would be lost; move or delete the {what} first"))
    if reviews := record.get("reviews"):
        record["reviews"] = [{**review, "section": places.get(review["section"], review["section"])} for review in reviews]
    return problems


def sections_again(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[int, int]:
    """Index of an old section → index of the new one that it is: the one that shares most paragraphs, or else has the
    same heading. The lead is the lead."""
    places = {0: 0}
    holders = {paragraph["fingerprint"]: index for index, section in reversed(list(enumerate(new))) for paragraph in section["paragraphs"]}
    headings: dict[tuple[str, str], list[int]] = {}
    for index, section in enumerate(new):
        headings.setdefault((section["form"], section["heading"]), []).append(index)
    for index, section in list(enumerate(old))[1:]:
        shared = Counter(holders[paragraph["fingerprint"]] for paragraph in section["paragraphs"] if paragraph["fingerprint"] in holders)
        named = headings.get((section["form"], section["heading"]), [])
        free = [place for place, _ in sorted(shared.items(), key=lambda item: (item[0] not in named, -item[1])) if place not in places.values()]
        free += [place for place in named if place not in places.values()]
        if free:
            places[index] = free[0]
    return places


def changes(record: dict[str, Any], older: Article) -> Changes:
    """What became of the paragraphs."""
    old = older.model_dump(mode="json")
    places = sections_again(old["sections"], record["sections"])
    before = {(paragraph["fingerprint"]): (places.get(index), paragraph["number"]) for index, section in enumerate(old["sections"]) for paragraph in section["paragraphs"]}
    after = {(paragraph["fingerprint"]): (index, paragraph["number"]) for index, section in enumerate(record["sections"]) for paragraph in section["paragraphs"]}
    added, removed = after.keys() - before.keys(), before.keys() - after.keys()
    moved = {key for key in after.keys() & before.keys() if before[key][0] != after[key][0]}
    places_of_change = {after[key][0] for key in added | moved} | {before[key][0] for key in removed | moved}
    return Changes(
        *(sorted(numbers[key][1] for key in keys) for numbers, keys in ((after, added), (after, moved), (before, removed))),
        sorted(places_of_change - {None}),
    )
