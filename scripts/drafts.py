"""A misconception in the making: its record and its two pages to fill in, and the tree with and without it."""

from dataclasses import replace
from datetime import date, timedelta

from .files import dump_yaml
from .model import FILL, LANGUAGES, SECTIONS, Library

RECHECK = timedelta(days=180)
TITLES = {
    "zh": dict(zip(SECTIONS, ("这个说法", "错在哪里", "事实是什么", "还不知道什么", "证据", "源文章怎么说", "深入一层", "一句话", "拿去回复", "引用本页", "修订记录", "相关"))),
    "en": dict(zip(SECTIONS, ("The claim", "Where it goes wrong", "What is true", "What is not known", "Evidence", "What the articles say", "Go deeper", "In one sentence", "Reply kit", "Cite this page", "Changes", "Related"))),
}
PASSAGES = ("claim", "evidence", "articles", "reply", "cite", "changes", "related")


def paths(slug: str) -> set[str]:
    """The files of a misconception."""
    return {f"docs/data/myths/{slug}.yml", *(f"docs/{language}/myths/{slug}.md" for language in LANGUAGES)}


def without(tree: Library, *kept: str) -> Library:
    """The tree as if its drafts were not there, but for those kept."""
    out = set().union(*(paths(slug) for slug in tree.drafts if slug not in kept))
    return replace(
        tree,
        myths={slug: myth for slug, myth in tree.myths.items() if slug not in tree.drafts or slug in kept},
        pages={key: page for key, page in tree.pages.items() if page.path not in out},
        texts=tree.texts.without(out),
        files=tree.files - out,
        problems=[problem for problem in tree.problems if problem.path not in out],
    )


def make(slug: str, today: date) -> dict[str, str]:
    """Path → text of the draft. `check` names every TODO that is left."""
    record = {
        "draft": True,
        **{name: dict.fromkeys(LANGUAGES, FILL) for name in ("label", "title", "claim")},
        "verdict": FILL,
        "theme": FILL,
        **{name: dict.fromkeys(LANGUAGES, FILL) for name in ("answer", "summary")},
        "phrasings": {language: [FILL] for language in LANGUAGES},
        "facts": [FILL.lower()],
        "related": [],
        "first_published": str(today),
        "reviewed": str(today),
        "recheck_by": str(today + RECHECK),
        "changes": [{"date": str(today), "kind": "published", "note": {"zh": "首次发布。", "en": "First published."}}],
    }
    return {f"docs/data/myths/{slug}.yml": dump_yaml(record)} | {f"docs/{language}/myths/{slug}.md": _page(language) for language in LANGUAGES}


def _page(language: str) -> str:
    parts = [f"---\nchecked_against: {FILL}\n---\n<!-- head -->\n<!-- /head -->"]
    for name, title in TITLES[language].items():
        parts.append(f"## {title} {{#{name}}}")
        parts.append(f"<!-- {name} -->\n<!-- /{name} -->" if name in PASSAGES else FILL)
    return "\n\n".join(parts) + "\n"
