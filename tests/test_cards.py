"""The cards that stand for a page where it is shared: what is on them, how their lines break, when they are drawn."""

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from lxml import html
from PIL import Image, ImageChops

from scripts import cards, composing, drawing, library, wrapping
from scripts.cards import Card
from scripts.model import Library

from .conftest import HOME, scripts
from .test_site import ROOT, pages

HEAVIEST = 80_000
NOT_FIRST, NOT_LAST = "，。、；：！？”’）》」】…⸺%,.;:!?)]", "“‘（《「【([$"
LONG_ZH = ("深度求索公开的论文写明，训练成本只算了正式训练那一次的租金，前期研究、数据、人员和失败的试验都不在内，" * 7)[:300]
LONG_EN = ("The paper counts one training run, and leaves out research, data, staff and the runs that failed along the way. " * 3)[:300]
HOSTILE = {
    "long": LONG_ZH, "long English": LONG_EN, "no phrase": "的" * 300, "no blank": "x" * 300, "wide": "W" * 300, "a long word": "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft " * 4,
    "emoji": "😀👨‍👩‍👧‍👦🇨🇳👍🏽" * 60, "quotes": "“‘《（" * 75, "marks": "，。！？”" * 60, "script": "</script><b>\"'&amp;", "formula": "=cmd|' /C calc'!A0", "marks upon marks": "Z" + "\u0301\u0334\u0489" * 100,
    "other scripts": "العربية ไทย हिन्दी", "unseen": "\u200b\u200d\ufeff\u00ad", "longest": LONG_ZH * 20, "blank": " ",
}  # fmt: skip


class Line(NamedTuple):
    layer: str
    said: str
    size: int


@pytest.fixture(scope="module")
def tree() -> Library:
    return library.read(HOME)


def of(tree: Library, language: str, slug: str = "cost") -> Card:
    return cards.wanted(tree)[cards.path(language, slug)]


def frame_is_blank(image: Image.Image) -> bool:
    """Whether nothing is drawn within the frame."""
    ground = Image.new("RGB", image.size, composing.COLOURS["ground"])
    box = ImageChops.difference(image.convert("RGB"), ground).getbbox()
    edge = composing.FRAME
    return box is None or (box[0] >= edge and box[1] >= edge and box[2] <= image.width - edge and box[3] <= image.height - edge)


def lines(card: Card, monkeypatch: pytest.MonkeyPatch) -> list[Line]:
    """Every line that is set on a card."""
    found: list[Line] = []
    monkeypatch.setattr(composing.Picture, "text", lambda _, layer, place, said, language, weight, size: found.append(Line(layer, said, size)))
    composing.draw(card)
    monkeypatch.undo()
    return found


def test_every_card_of_the_site_has_its_size_and_a_blank_frame(site: Path, tree: Library) -> None:
    files = {language: sorted((site / folder / cards.FOLDER).rglob("*.png")) for language, folder in {"zh": "", "en": "en"}.items()}
    for language in files:
        assert [path.stem for path in files[language]] == sorted(tree.myths) + ["site"]
        for path in files[language]:
            assert path.stat().st_size < HEAVIEST
            with Image.open(path) as image:
                assert (image.format, image.mode, image.size) == ("PNG", "P", (1200, 630))
                assert frame_is_blank(image)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_drawn_outside_the_frame_whatever_a_card_says(tree: Library, language: str, text: str) -> None:
    card = of(tree, language)
    for changed in (card._replace(title=text), card._replace(claim=text, line=text, word=text[:40]), card._replace(**dict.fromkeys(("word", "claim", "title", "line", "dated", "site", "address"), text)), of(tree, language, "")._replace(title=text, line=text, address=text)):
        drawn = composing.draw(changed)
        assert len(drawn) < HEAVIEST
        assert frame_is_blank(Image.open(io.BytesIO(drawn)))


def test_the_same_card_is_drawn_the_same(tree: Library) -> None:
    card = of(tree, "zh")
    assert composing.draw(card) == composing.draw(card)


@pytest.mark.parametrize(("language", "title"), [("zh", LONG_ZH), ("zh", "的" * 300), ("en", LONG_EN), ("en", "x" * 300)], ids=["zh", "zh without a phrase", "en", "en without a blank"])
def test_a_title_of_300_characters_is_shown_whole(tree: Library, language: str, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    card = of(tree, language)._replace(title=title)
    said = "".join(line.said for line in lines(card, monkeypatch) if line.layer == "ink").replace(" ", "")
    assert title.replace(" ", "") in said


def test_a_longer_one_ends_at_a_phrase_with_an_ellipsis(tree: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, title, end in (("zh", LONG_ZH * 3, "……"), ("en", LONG_EN * 9, "...")):
        set_ = [line.said for line in lines(of(tree, language)._replace(title=title), monkeypatch) if line.layer == "ink"]
        whole = " ".join(set_) if language == "en" else "".join(set_)
        shown = whole[: whole.index(end)]
        assert title.startswith(shown) and len(shown) > 250
        assert language == "zh" or not title[len(shown)].isalpha()


def test_all_that_a_card_has_to_say_is_on_it(tree: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for card in cards.wanted(tree).values():
        said = "".join(line.said for line in lines(card, monkeypatch)).replace(" ", "")
        for part in (card.word, card.claim, card.title, card.line, card.dated, card.address) if card.verdict else (card.title, card.line, card.address):
            assert part.replace(" ", "") in said
    assert of(tree, "en").address == "127.0.0.1:8000/c/cost/" and of(tree, "zh", "").title == "走下神坛"


def test_lines_begin_and_end_as_they_may(tree: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for card in cards.wanted(tree).values():
        for line in lines(card, monkeypatch):
            assert line.said[0] not in NOT_FIRST and line.said[-1] not in NOT_LAST, line


@pytest.mark.parametrize("room", [90, 300, 450, 800])
def test_lines_of_every_width_begin_and_end_as_they_may(tree: Library, room: int) -> None:
    said = [(language, text) for myth in tree.myths.values() for language in ("zh", "en") for text in (myth.title[language], myth.answer[language], myth.claim[language])]
    said.append(("zh", "他说：“真的吗？”——不，《书》（上）里写的是“假的”……DeepSeek’s R1 用了 2048 张 H800，花了 $5.576 million。"))
    for language, text in said:
        shown = drawing.signs(text, language)
        wide = drawing.widths(shown, language, 700, 20)
        broken = [line for line, _ in wrapping.wrapped(shown, wrapping.costs(shown, language), wide, room)]
        assert "".join(broken).replace(" ", "") == shown.replace(" ", "")
        words = [word for word in re.findall(r"[A-Za-z]+|\d[\d.,]*\d", shown) if sum(drawing.widths(word, language, 700, 20)) < room / 2]
        assert all(any(word in line for line in broken) for word in words)
        if room > 100:
            assert all(line[0] not in NOT_FIRST and line[-1] not in NOT_LAST for line in broken), broken
        assert all(sum(drawing.widths(line, language, 700, 20)) <= room + 10 for line in broken)


def test_a_word_longer_than_a_line_is_broken_and_no_other() -> None:
    text = "a " + "x" * 40 + " incomprehensible"
    broken = [line for line, _ in wrapping.wrapped(text, wrapping.costs(text, "en"), [1.0] * len(text), 18)]
    assert broken[-1] == "incomprehensible" and max(map(len, broken)) <= 18 and "".join(broken).count("x") == 40


def test_signs_without_a_glyph_are_shown_as_one_box_each() -> None:
    assert drawing.signs("一😀二👨‍👩‍👧‍👦 e\u0301 ไ\u200b", "zh") == "一□二□ é □"


def test_the_font_has_the_forms_of_the_mainland() -> None:
    assert drawing.font(drawing.SIMPLIFIED, 400, 24).getname()[0] == "Noto Sans CJK SC"
    for sign in "直骨角":
        here, there = (bytes(drawing.font(face, 400, 100).getmask(sign)) for face in (drawing.SIMPLIFIED, drawing.NARROW))
        assert here != there


def test_the_colours_are_those_of_the_site(tree: Library) -> None:
    style = (HOME / "overrides/assets/stylesheets/site.css").read_text(encoding="utf-8")
    light = dict(re.findall(r"--(\w+): (#\w+);", style[style.index("body {") : style.index("}")]))
    assert composing.COLOURS == {"ground": "#ffffff", **{name: light[name] for name in ("ink", "faint", "line", "accent")}}
    assert light["ground"] == "#fff"
    named = {name: colour for names, colour in re.findall(r"^((?:\.[\w-]+,? ?)+)\{ --colour: var\(--(\w+)\)", style, re.M) for name in re.findall(r"verdict-([\w-]+)", names)}
    assert {name: light[colour] for name, colour in named.items()} == composing.OF_VERDICTS
    for name, colour in composing.OF_VERDICTS.items():
        image = Image.open(io.BytesIO(composing.draw(of(tree, "zh")._replace(verdict=name)))).convert("RGB")
        assert image.getpixel((composing.LEFT + 10, composing.TOP + 34)) == tuple(bytes.fromhex(colour[1:]))


def drawn(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every card in a tree, with when it was written."""
    return {path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in root.glob("docs/*/assets/cards/**/*.png")}


def test_a_card_is_drawn_when_what_it_says_has_changed(good: Path) -> None:
    assert scripts(good, "build").returncode == 0
    first = drawn(good)
    assert first.keys() == {f"docs/{language}/assets/cards/{name}.png" for language in ("zh", "en") for name in ("site", "myths/lamp")}
    assert scripts(good, "build").returncode == 0
    assert drawn(good) == first
    record, english, chinese = good / "docs/data/myths/lamp.yml", "docs/en/assets/cards/myths/lamp.png", "docs/zh/assets/cards/myths/lamp.png"
    record.write_text(record.read_text(encoding="utf-8").replace("cost of burning it", "price of burning it"), encoding="utf-8")
    (good / chinese).write_bytes(first[chinese][1][:-20])
    (good / "docs/en/assets/cards/myths/gone.png").write_bytes(first[english][1])
    assert scripts(good, "build").returncode == 0
    after = drawn(good)
    assert after.keys() == first.keys()
    assert after[english][1] != first[english][1] and after[chinese][1] == first[chinese][1]
    assert {path for path in after if after[path] == first[path]} == {f"docs/{language}/assets/cards/site.png" for language in ("zh", "en")}


def test_a_hostile_title_in_a_record_gives_a_card(good: Path) -> None:
    record = good / "docs/data/myths/lamp.yml"
    text = record.read_text(encoding="utf-8").replace("zh: 点灯花了 240 万美元，灯另算", f"zh: '{LONG_ZH[:280]}😀</script>=cmd'").replace("en: Burning the lamp cost $2.4 million, the lamp not included", f"en: '{'x' * 280} \"😀\" </script>'")
    record.write_text(text, encoding="utf-8")
    done = scripts(good, "build")
    assert "Traceback" not in done.stderr
    for language in ("zh", "en"):
        data = (good / cards.path(language, "lamp")).read_bytes()
        assert len(data) < HEAVIEST and frame_is_blank(Image.open(io.BytesIO(data)))


def test_a_draft_has_no_card(good: Path) -> None:
    assert scripts(good, "new", "secret-lamp").returncode == 0
    scripts(good, "build")
    assert "docs/zh/assets/cards/myths/lamp.png" in drawn(good) and not any("secret" in path for path in drawn(good))


def test_a_check_and_a_second_build_load_nothing_that_draws(good: Path) -> None:
    scripts(good, "build")
    for verb in ("check", "build"):
        command = [sys.executable, "-X", "importtime", "-m", "scripts", "--root", str(good), verb]
        loaded = subprocess.run(command, cwd=HOME, capture_output=True, text=True, encoding="utf-8").stderr
        assert "scripts.cards" in loaded and not re.search(r"\b(PIL|budoux|uniseg|scripts\.composing)\b", loaded)


def test_pages_name_their_card_by_an_absolute_address(site: Path, tree: Library) -> None:
    for address, path in pages(site).items():
        document = html.fromstring(path.read_bytes())
        said = {meta.get("property") or meta.get("name"): meta.get("content") for meta in document.xpath("//head/meta[@property or @name]")}
        if "robots" in said:
            assert not any(name.startswith(("og:", "twitter:")) for name in said)
            continue
        english, slug = address.startswith("en/"), address.removeprefix("en/").removeprefix("myths/").strip("/")
        name = f"myths/{slug}" if "myths/" in address else "site"
        assert said["og:image"] == said["twitter:image"] == f"{ROOT}{'en/' * english}{cards.FOLDER}/{name}.png"
        assert (site / urlsplit(said["og:image"]).path.removeprefix("/sub/")).is_file()
        assert said["og:url"] == ROOT + address
        assert (said["og:locale"], said["og:locale:alternate"]) == (("en_US", "zh_CN") if english else ("zh_CN", "en_US"))
        assert (said["og:type"], said["twitter:card"]) == ("article" if "myths/" in address else "website", "summary_large_image")
        assert (said["og:image:width"], said["og:image:height"]) == tuple(map(str, composing.SIZE))
        assert said["og:site_name"] == ("Off the Pedestal" if english else "走下神坛")
        assert said["og:description"] == said["twitter:description"] == said["description"]
        if name != "site":
            myth, language = tree.myths[slug], "en" if english else "zh"
            assert said["og:title"] == said["twitter:title"] == myth.title[language]
            assert myth.title[language] in said["og:image:alt"] and myth.answer[language] in said["og:image:alt"]


def test_short_addresses_show_both_cards(site: Path, tree: Library) -> None:
    for slug, myth in tree.myths.items():
        document = html.fromstring((site / "c" / slug / "index.html").read_bytes())
        said = {name: document.xpath(f"//meta[@property='{name}']/@content") for name in ("og:url", "og:title", "og:image")}
        assert said["og:url"] == [f"{ROOT}c/{slug}/"] and said["og:title"] == [f"{myth.title.zh} / {myth.title.en}"]
        assert said["og:image"] == [f"{ROOT}{folder}{cards.FOLDER}/myths/{slug}.png" for folder in ("", "en/")]
        assert all((site / urlsplit(address).path.removeprefix("/sub/")).is_file() for address in said["og:image"])
