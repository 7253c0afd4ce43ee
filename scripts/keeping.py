"""What an editor wrote into a record stays when its article is read again, and what changed is told.

Sections are known again by their paragraphs' fingerprints and by their headings, so that a gist and a review follow
their section when paragraphs or headings are added, moved or reworded.
"""

from collections import Counter
from typing import Any, NamedTuple

from .accounts import Article
from .model import Problem

EDITORS = ("translation", "interest", "summary", "reviews")


class Changes(NamedTuple):
    """Numbers of paragraphs: new ones, those that are in another section now, and, by their old number, lost ones; and
    of the sections that say something else than before."""

    added: list[int]
    moved: list[int]
    removed: list[int]
    sections: list[int]


def keep(name: str, record: dict[str, Any], known: str, older: Article) -> list[Problem]:
    """Carries the editor's words over from the older record, whose id is `known`, into the new one. A gist or review
    whose section is gone is a problem: it would be lost. So is another article at the same address."""
    old = older.model_dump(mode="json", exclude_none=True)
    marks, old_marks = _marks(record["sections"]), _marks(old["sections"])
    if old_marks and record["title"] != older.title and not marks & old_marks:
        return [Problem(name, 1, "INGEST-3", f"has the address of {known} but neither its title nor a paragraph of it, must have an address of its own")]
    record.update({field: old[field] for field in EDITORS if old.get(field)})
    _place_again(old["sections"], record["sections"])
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
        said = ({key: value for key, value in review.items() if value is not False} for review in reviews)  # `claimed` is absent unless it is so
        record["reviews"] = [{**review, "section": places.get(review["section"], review["section"])} for review in said]
    return problems


def _place_again(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> None:
    """Carries over where the editor placed paragraphs that are still there, unless ingest now finds it by itself."""
    placed = {paragraph["fingerprint"]: paragraph for section in old for paragraph in section["paragraphs"]}
    for paragraph in (paragraph for section in new for paragraph in section["paragraphs"]):
        before, found = placed.get(paragraph["fingerprint"], {}), paragraph.get("myths", ())
        if also := [slug for slug in before.get("also", ()) if slug not in found]:
            paragraph["also"] = also
        if before.get("background") and not found:
            paragraph["background"] = before["background"]


def sections_again(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> dict[int, int]:
    """Index of an old section → index of the new one that it is: one with a paragraph of it and its heading, or with
    more than half of its paragraphs, or else with its heading. Paragraphs that stand twice tell nothing."""
    before, after = _holders(old), _holders(new)
    sizes, shared = Counter(before.values()), Counter((before[mark], after[mark]) for mark in before.keys() & after.keys())
    renamed = {pair: old[pair[0]]["heading"] != new[pair[1]]["heading"] for pair in shared}
    likely = [pair for pair, count in shared.items() if not renamed[pair] or 2 * count > sizes[pair[0]]]
    places: dict[int, int] = {}
    taken: set[int] = set()
    for index, place in sorted(likely, key=lambda pair: (renamed[pair], -shared[pair], pair)):
        if index not in places and place not in taken:
            places[index] = place
            taken.add(place)
    free: dict[str, list[int]] = {}
    for place in sorted(set(range(len(new))) - taken, reverse=True):
        free.setdefault(new[place]["heading"], []).append(place)
    for index, section in enumerate(old):
        if index not in places and free.get(section["heading"]):
            places[index] = free[section["heading"]].pop()
    return places


def _marks(sections: list[dict[str, Any]]) -> set[str]:
    """The fingerprints of all paragraphs."""
    return {paragraph["fingerprint"] for section in sections for paragraph in section["paragraphs"]}


def _holders(sections: list[dict[str, Any]]) -> dict[str, int]:
    """Fingerprint → index of the section of each paragraph that stands once."""
    found = [(paragraph["fingerprint"], index) for index, section in enumerate(sections) for paragraph in section["paragraphs"]]
    times = Counter(mark for mark, _ in found)
    return {mark: index for mark, index in found if times[mark] == 1}


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
