"""A project tree with as many misconceptions as wanted, for measuring at any size: python -m benchmarks.corpus COUNT FOLDER

Each misconception is a real one with most of its words exchanged: own record, facts, sources, charts and events, and own
prose in both languages, as long as the real ones. The figures, dates, names and links stay, so `check` accepts the tree.
The same count gives the same tree, and a smaller tree is the beginning of a larger one, but for the links between pages.
"""

import random
import re
import shutil
import sys
from copy import deepcopy
from itertools import chain
from pathlib import Path
from typing import Any, Iterator

from scripts import figures, units
from scripts.files import digest, dump_yaml, parse_yaml, read_text, split_front_matter
from scripts.model import BASE, BLOCK, CONFIGURATIONS, LANGUAGES, NAVIGATION, OTHER, Page
from scripts.numerals import HAN, PARTS

HOME = Path(__file__).resolve().parent.parent
DATA = HOME / "docs/data"
KEPT = 0.4  # of the words, which all made-up pages share
WORD = r"(?P<han>[\u4e00-\u9fff]{2})|(?P<latin>(?<![\w-])[a-z]{4,}(?![\w-]))"
SYLLABLES = "ba be bi bo da de di do fa fe ga ge go ka ke ki la le li lo ma me mi mo na ne ni no pa pe pi ra re ri ro sa se si so ta te ti to va ve vi zo".split()
FIGURES = "".join(pattern.pattern for pattern in (figures.LEXEME, figures.BEFORE, figures.AFTER, figures.MORE, figures.SCALE, units.CURRENCY, units.UNIT))
SAID_OF_FIGURES = {*re.findall(r"[a-z]+", FIGURES), *figures.OPENERS, *PARTS, *(f"{part}s" for part in PARTS)}  # words that make a figure, or its unit
SIGNS_OF_FIGURES = {*HAN, *re.findall(r"[\u4e00-\u9fff]", FIGURES + "年月日号季度")}
LEFT_ALONE = r"\]\([^)]*\)|\{[^}]*\}|<[^>]*>|https?://\S+|`[^`]*`|“[^”]*”|《[^》]*》|\S*[0-9]\S*"  # addresses, ids, tags, quotations, and whatever has a digit
RELATIVE = re.compile(r"\[([^\[\]]*)\]\((?!https?:|#)([^)#]*)(?:#([\w-]+))?\)")
ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
PROSE = ("about/index.md", "about/method.md", "about/corrections.md", "about/reuse.md", "index.md", "check.md", "data.md")
SETTLED = ("vocabulary.yml", "glossary.yml")
BESIDE = (BASE, *CONFIGURATIONS.values())


class Words:
    """The exchange of words in one misconception: the same word by the same one, wherever it stands."""

    def __init__(self, seed: int, common: str, kept: list[str]):
        self.chance, self.common, self.known = random.Random(seed), common, {}
        self.pattern = re.compile("|".join((LEFT_ALONE, *map(re.escape, sorted(kept, key=len, reverse=True)), WORD)))
        self.name = "".join(self.chance.choice(SYLLABLES) for _ in range(4)).capitalize()  # what sets its statements apart from all others

    def text(self, said: str) -> str:
        return self.pattern.sub(lambda match: self._other(match[0]) if match.lastgroup else match[0], said)

    def said(self, value: Any, *fixed: str) -> Any:
        """A value of a record; what stands under the keys that are `fixed` stays."""
        if isinstance(value, dict):
            return {key: deepcopy(part) if key in fixed else self.said(part, *fixed) for key, part in value.items()}  # YAML would name what stands twice
        return [self.said(part, *fixed) for part in value] if isinstance(value, list) else self.text(value)

    def _other(self, word: str) -> str:
        if word not in self.known:
            fixed = word in SAID_OF_FIGURES or not SIGNS_OF_FIGURES.isdisjoint(word) or self.chance.random() < KEPT
            self.known[word] = word if fixed else exchanged(word, self.chance, self.common)
        return self.known[word]


def exchanged(word: str, chance: random.Random, common: str) -> str:
    """Another word as long as this one: of the common Chinese characters, or of syllables."""
    if not word.isascii():
        return "".join(chance.choice(common) for _ in word)
    return ("".join(chance.choice(SYLLABLES) for _ in range(len(word) // 2)) + "n")[: len(word)]


class Corpus:
    """The real tree, and what is made of it."""

    def __init__(self, count: int):
        self.count = count
        self.myths = {path.stem: parse_yaml(read_text(path)).data for path in sorted((DATA / "myths").glob("*.yml"))}
        self.slugs = list(self.myths)
        self.registers = {name: parse_yaml(read_text(DATA / f"{name}.yml")).data for name in ("facts", "sources", "charts", "events", "origins", "glossary")}
        self.registers["sources"] |= {path.stem: _source(parse_yaml(read_text(path)).data) for path in sorted((DATA / "articles").glob("*.yml"))}
        self.prose = {(language, slug): _by_hand(HOME / f"docs/{language}/myths/{slug}.md") for language in LANGUAGES for slug in self.slugs}
        signs = "".join(sorted(set(re.findall(r"[\u4e00-\u9fff]", "".join(text for (language, _), text in self.prose.items() if language == "zh")))))
        self.common = "".join(sign for sign in signs if sign not in SIGNS_OF_FIGURES and sign != "待")  # 待补, by chance, would say that something is left to do
        self.made: dict[str, dict[str, Any]] = {name: {} for name in ("facts", "sources", "charts", "events", "origins")}

    def slug(self, original: str, number: int) -> str | None:
        """The made-up misconception that stands beside `number` for a real one; None where there is none."""
        beside = number - number % len(self.slugs) + self.slugs.index(original)
        return f"{original}-{beside}" if beside < self.count else None

    def files(self) -> Iterator[tuple[str, str]]:
        """Path and text of every file that is made up."""
        for number in range(self.count):
            yield from self._misconception(number)
        self.made["events"] = dict(sorted(self.made["events"].items(), key=lambda entry: self.made["facts"][entry[1]["facts"][0]]["as_of"]))
        for name, entries in self.made.items():
            yield f"docs/data/{name}.yml", dump_yaml(entries)
        yield from ((f"docs/data/{name}.yml", "# None yet.\n") for name in ("claims", "addresses"))

    def _misconception(self, number: int) -> Iterator[tuple[str, str]]:
        slug = self.slugs[number % len(self.slugs)]
        record, facts = self.myths[slug], self._facts(slug)
        words = Words(number, self.common, _exact(self.registers, facts))
        named = lambda names: [f"{name}-{number}" for name in names]  # noqa: E731
        self._register(number, slug, facts, words)
        made = words.said(record, "verdict", "theme", "facts", "key_facts", "related", "changes", "first_published", "reviewed", "recheck_by")
        made |= {"facts": named(record["facts"]), "related": [beside for name in record["related"] if (beside := self.slug(name, number))]}
        made |= {"key_facts": named(record["key_facts"])} if "key_facts" in record else {}
        yield f"docs/data/myths/{slug}-{number}.yml", dump_yaml(made)
        pages = {language: self._page(number, slug, language, words) for language in LANGUAGES}
        for language in LANGUAGES:
            yield f"docs/{language}/myths/{slug}-{number}.md", _checked(pages, language, f"myths/{slug}-{number}.md")

    def _facts(self, slug: str) -> list[str]:
        """The facts of a misconception, with those that they are worked out from, and those of its charts."""
        facts, charts = self.registers["facts"], [self.registers["charts"][name] for name in _charts(self.prose["zh", slug])]
        found, left = {}, [*self.myths[slug]["facts"], *(part["fact"] for chart in charts for part in (*chart.get("bars", ()), *chart.get("steps", ())))]
        while left:
            if (name := left.pop(0)) not in found:
                found[name] = True
                left += [other for other in ID.findall(facts[name].get("formula", "")) if other in facts]
        return list(found)

    def _register(self, number: int, slug: str, facts: list[str], words: Words) -> None:
        """Enters what the records and the pages of a misconception name."""
        known, linked = self.registers, {anchor for language in LANGUAGES for _, page, anchor in RELATIVE.findall(self.prose[language, slug]) if page.startswith("../sources")}
        linked |= {Path(page).stem for language in LANGUAGES for _, page, _ in RELATIVE.findall(self.prose[language, slug]) if "articles/2" in page}
        sources = sorted({*(known["facts"][name]["source"] for name in facts), *(linked & known["sources"].keys())})
        named = [origin for name in sources for origin in known["sources"][name].get("origins", ())]
        origins = sorted({origin for origin in named if named.count(origin) > 1})
        for name in facts:
            self.made["facts"][f"{name}-{number}"] = _fact(known["facts"][name], number, set(facts), words)
        for name in sources:
            self.made["sources"][f"{name}-{number}"] = _again(known["sources"][name], number, set(origins), words)
        for name in origins:
            self.made["origins"][f"{name}-{number}"] = {"name": _apart(known["origins"][name]["name"], words)}
        for name in _charts(self.prose["zh", slug]):
            self.made["charts"][f"{name}-{number}"] = _chart(known["charts"][name], number, words)
        for name, event in known["events"].items():
            if set(event["facts"]) <= set(facts):
                self.made["events"][f"{name}-{number}"] = words.said(event) | {"what": _apart(event["what"], words), "facts": [f"{fact}-{number}" for fact in event["facts"]]}

    def _page(self, number: int, slug: str, language: str, words: Words) -> str:
        body = RELATIVE.sub(lambda match: self._link(match, number, slug), self.prose[language, slug])
        body = re.sub(r"\(#fact-([a-z0-9-]+)\)", rf"(#fact-\1-{number})", body)
        return re.sub(r"^<!-- (/?)chart ([a-z0-9-]+) -->$", rf"<!-- \1chart \2-{number} -->", words.text(body), flags=re.M)

    def _link(self, match: re.Match[str], number: int, slug: str) -> str:
        """A link to another page of the tree; its words alone where that is not in it."""
        said, page, anchor = match.groups()
        name = Path(page).stem
        if page.startswith(("../sources/", "../figures/")):
            return f"[{said}](../{Path(page).parent.name}/{slug}-{number}.md#{anchor}-{number})"
        if "articles/2" in page:
            return f"[{said}](../sources/{slug}-{number}.md#{name}-{number})"
        if name in self.slugs:
            beside = self.slug(name, number)
            section = "" if not anchor or anchor.startswith("fact-") else f"#{anchor}"
            return f"[{said}]({beside}.md{section})" if beside else said
        return match[0]


def _source(article: dict[str, Any]) -> dict[str, Any]:
    """An article as a source like others."""
    day = article["published"][:10]
    return {"type": "article-newspaper", "title": article["title"], "translation": article["translation"], "author": [{"literal": article["byline"]}], "issued": day, "accessed": "2026-11-22", "URL": article["url"], "kind": "press", "interest": article["interest"]}


def _by_hand(path: Path) -> str:
    """What a person wrote of a page, with its passages emptied."""
    return BLOCK.sub(lambda match: match[0].replace(match["body"], "") if match["body"] else match[0], split_front_matter(read_text(path))[1])


def _exact(registers: dict[str, Any], facts: list[str]) -> list[str]:
    """What must stay as it is: the words of figures, and the names with figures in them."""
    said = [words for name in facts for words in registers["facts"][name].get("words", {}).values()]
    names = [name for term in registers["glossary"].values() for name in (term["zh"], term["en"], *term.get("also", ()))]
    return [*said, *(name for name in names if re.search(rf"[0-9{HAN}]", name) or name.islower() and not SAID_OF_FIGURES.isdisjoint(re.findall("[a-z]+", name)))]


def _apart(text: dict[str, str], words: Words) -> dict[str, str]:
    """A text in both languages, told apart from those that were made of the same."""
    return {language: f"{words.text(said)} {words.name}" for language, said in text.items()}


def _fact(fact: dict[str, Any], number: int, there: set[str], words: Words) -> dict[str, Any]:
    made = words.said(fact, "value", "unit", "words", "as_of", "source", "grade", "formula", "recompute", "supersedes", "disputes", "cues", "confused_with", "locator")
    made |= {"statement": _apart(fact["statement"], words), "source": f"{fact['source']}-{number}"}
    if "formula" in fact:
        made["formula"] = ID.sub(lambda match: f"{match[0]}-{number}" if match[0] in there else match[0], fact["formula"])
    for field in ("cues", "confused_with"):
        if field in fact:  # of articles: the statements of the copies stand beside each other
            made[field] = {language: [f"{words.name}s {cue}" for cue in cues] for language, cues in fact[field].items()}
    for field in ("supersedes", "disputes"):
        made[field] = [f"{name}-{number}" for name in fact.get(field, ()) if name in there]
    return {key: value for key, value in made.items() if value != []}


def _again(source: dict[str, Any], number: int, origins: set[str], words: Words) -> dict[str, Any]:
    address = lambda url: f"{url}{'&' if '?' in url else '?'}n={number}"  # noqa: E731
    made = words.said(source, "type", "author", "issued", "accessed", "URL", "archive", "read_at", "kind", "origins")
    made |= {key: address(source[key]) for key in ("URL", "archive", "read_at") if key in source}
    made["origins"] = [f"{name}-{number}" for name in source.get("origins", ()) if name in origins]
    return {key: value for key, value in made.items() if value != []}


def _chart(chart: dict[str, Any], number: int, words: Words) -> dict[str, Any]:
    made = words.said(chart, "fact", "accent")
    for part in (*made.get("bars", ()), *made.get("steps", ())):
        part["fact"] = f"{part['fact']}-{number}"
    return made


def _charts(prose: str) -> list[str]:
    return re.findall(r"^<!-- chart ([a-z0-9-]+) -->$", prose, re.M)


def _checked(pages: dict[str, str], language: str, name: str) -> str:
    """A page that names the digest of what the other language says."""
    other = OTHER[language]
    written = Page(path := f"docs/{other}/{name}", other, name, {path: pages[other]}, head="").written
    return f"---\nchecked_against: {digest(written)}\n---\n{pages[language]}"


def write(root: Path, count: int) -> Path:
    """Writes the tree with `count` misconceptions in each language; gives its folder back."""
    root.mkdir(parents=True, exist_ok=True)
    for path, text in chain(Corpus(count).files(), ((name, NAVIGATION.sub(r"\1\2", read_text(HOME / name))) for name in BESIDE)):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    for name in SETTLED:
        shutil.copy(DATA / name, root / "docs/data")
    for name in (f"{language}/{page}" for language in LANGUAGES for page in PROSE):
        (root / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(HOME / "docs" / name, root / "docs" / name)
    shutil.copytree(HOME / "overrides", root / "overrides", ignore=shutil.ignore_patterns("__pycache__", "structured"), dirs_exist_ok=True)
    return root


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
