"""How the search reads a text: spellings that mean the same meet, texts that do not, do not. The very script of the
site, run by an engine of its own."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from py_mini_racer import mini_racer

from scripts import drafts, library, search
from scripts.texts import packed, unpacked

from .conftest import HERE, HOME

CASES = [line.split("\t") for line in (HERE / "language.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
Terms = Callable[[str], set[str]]


def _tables() -> dict[str, Any]:
    tree = drafts.without(library.read(HOME))
    return search.tables(tree, "zh", search.found(tree, "zh"))


@pytest.fixture(scope="module")
def terms() -> Iterator[Terms]:
    """Text → every term that it is found by."""
    tables = _tables()
    with mini_racer() as engine:
        engine.eval(search.script("language.js"))
        engine.eval(f"const read = language({json.dumps(tables)})")
        yield lambda text: set(json.loads(engine.eval(f"JSON.stringify(read.units(read.normal({json.dumps(text)})).filter(unit => !unit.alone).flatMap(unit => unit.terms.map(([term]) => term)))")))


@pytest.mark.parametrize("texts", CASES, ids=lambda texts: texts[0])
def test_spellings_of_the_same_meet(terms: Terms, texts: list[str]) -> None:
    said = terms(texts[0])
    assert said
    for text in texts[1:]:
        assert said & terms(text), text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("558 万", "558 亿"), ("2024 年", "2025 年"), ("17%", "71%"), ("开源", "开销"), ("V3", "V2"), ("10-1 大胜", "0-1"), ("十分便宜", "十分之一"), ("万一失败", "一万次"),
        ("cost", "coast"), ("千万别信", "一千万"),
    ],
)  # fmt: skip
def test_what_differs_does_not_meet(terms: Terms, one: str, other: str) -> None:
    assert terms(one)
    assert not terms(one) & terms(other)


@pytest.mark.parametrize("text", ["", " ", "的了吗", "the of and", "😀🎉", "\ud800", "。。。！！", "\x00\x07", "[", "(?:", "a" * 20000, "零" * 9000, "1," * 5000, "(" * 5000, "万" * 5000, "-" * 9000])
def test_any_text_is_read(terms: Terms, text: str) -> None:
    assert isinstance(terms(text), set)


def test_every_wording_of_a_record_says_something(terms: Terms) -> None:
    tree = library.read(HOME)
    for myth in tree.myths.values():
        for wording in (*myth.phrasings.zh, *myth.phrasings.en):
            assert terms(wording), wording


def test_a_word_typed_by_its_sound_sounds_the_same() -> None:
    tables = _tables()
    with mini_racer() as engine:
        engine.eval(search.script("language.js"))
        engine.eval(f"const read = language({json.dumps(tables)})")
        for typed, meant in (("幻绝", "幻觉"), ("开元", "开源"), ("伟大", "伟达")):
            assert engine.eval(f"read.sound({json.dumps(typed)})") == engine.eval(f"read.sound({json.dumps(meant)})") is not None


@pytest.fixture(scope="module")
def large() -> tuple[dict[str, Any], list[bytes]]:
    """The core and the pages of an index of our own pages, so often that it is cut into pieces."""
    made = search.make(drafts.without(library.read(HOME)))
    core, texts = (json.loads(made[f"docs/en/search/{name}.json"]) for name in ("core", "text"))
    pages = [packed(json.dumps({"page": page, "sections": text})) for page, text in zip(core.pop("pages"), texts)]
    return core, pages * (search.WHOLE // len(pages) + 1)


def test_an_index_in_pieces_is_the_whole_one_cut(large: tuple[dict[str, Any], list[bytes]]) -> None:
    core, pages = large
    files = {name: json.loads(text) for name, text in search.files(core, pages)}
    parts = [files[f"terms/{number}.json"] for number in range(files["core.json"]["terms"])]
    assert [files[f"pages/{number}.json"] for number in range(len(pages))] == [json.loads(unpacked(page)) for page in pages]
    for name, whole in _indexes(core, [json.loads(unpacked(page)) for page in pages]).items():
        terms, lengths, head = whole.pop("index"), whole.pop("averageFieldLength"), files["core.json"][name]
        assert head.pop("averageFieldLength") == pytest.approx(lengths)
        assert head == whole
        assert sorted(entry for part in parts for entry in part[name]) == sorted(terms)
        assert len(terms) > 1000


def _indexes(core: dict[str, Any], pages: list[dict[str, Any]]) -> dict[str, Any]:
    """Both indexes as MiniSearch itself gives them."""
    with mini_racer() as engine:
        for name in search.READING:
            engine.eval(search.script(name))
        made: str = engine.eval(f"""
            const read = language({json.dumps(core["tables"])}), pages = {json.dumps(pages)}
            const strong = new MiniSearch(ranking.options(read, ranking.FIELDS)), body = new MiniSearch(ranking.options(read, ["text"]))
            strong.addAll(pages.flatMap(({{ page }}, number) => ranking.strongDocuments(page, number)))
            body.addAll(pages.map(({{ sections }}, number) => ranking.bodyDocument(sections, number)))
            JSON.stringify({{ strong, body }})""")
    found: dict[str, Any] = json.loads(made)
    return found


def test_batches_change_nothing(large: tuple[dict[str, Any], list[bytes]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "BATCH", len(large[1]))
    whole = list(search.files(*large))
    monkeypatch.setattr(search, "BATCH", 7)
    assert list(search.files(*large)) == whole


def test_batches_change_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _tables()
    monkeypatch.setattr(search, "BATCH", 3)
    assert _tables() == whole
