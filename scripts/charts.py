"""Drawings made from facts: bars, stacks and sequences as SVG, one for each language.

Vega-Lite (https://vega.github.io/vega-lite/docs/) draws them through vl-convert, which needs no browser. A drawing
names the digest of what it was made from, so one that is current is not drawn again.
"""

import json
import re
from typing import Any, Iterator, Mapping

from .files import digest
from .labels import day
from .model import LANGUAGES, Library
from .records import Chart, Fact
from .spreading import spread

WIDTH = 340
PADDING = 4
ROW = 50
FONT = "system-ui, -apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans', sans-serif"
INK, FAINT, BAR, LAYER, GROUND = "#111112", "#111113", "#111114", "#111115", "#111116"
STYLE = (
    "<style>:root{color-scheme:light dark;--ink:#1d232b;--faint:#59636f;--bar:#2f6690;--layer:#e6ebf0;--ground:#fff}"
    "@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--faint:#a9b2bd;--bar:#6ba6d1;--layer:#2b333d;--ground:#1b2027}}</style>"
)
VARIABLES = {INK: "var(--ink)", FAINT: "var(--faint)", BAR: "var(--bar)", LAYER: "var(--layer)", GROUND: "var(--ground)"}

CLIP = re.compile(r"\bclip\d+\b(?=[\")])")


def path(name: str, language: str) -> str:
    """Where the drawing of a chart stands."""
    return f"docs/{language}/assets/charts/{name}.svg"


def make(library: Library) -> Iterator[tuple[str, str]]:
    """Path and SVG of every chart whose facts are there. Reads no disk; draws only what is not current."""
    wanted = [(name, language) for name, chart in library.charts.items() if drawable(chart, library.facts) for language in LANGUAGES]
    current = {one for one in wanted if _says(library.texts.get(path(*one), ""), _spec(library, *one))}
    drawn = spread(lambda one: _draw(_spec(library, *one)), [one for one in wanted if one not in current])
    return ((path(*one), library.texts[path(*one)] if one in current else next(drawn)) for one in wanted)


def drawable(chart: Chart, facts: Mapping[str, Fact]) -> bool:
    """Whether all that a chart needs is there: its facts, and figures for its bars."""
    return all(bar.fact in facts and facts[bar.fact].words for bar in chart.bars) and all(step.fact in facts for step in chart.steps)


def _spec(library: Library, name: str, language: str) -> dict[str, Any]:
    return spec(library.charts[name], library.facts, language)


def spec(chart: Chart, facts: Mapping[str, Fact], language: str) -> dict[str, Any]:
    """The Vega-Lite specification of a chart in one language."""
    rows, layers = _bars(chart, facts, language) if chart.bars else _sequence(chart, facts, language) if chart.steps else _stack(chart, language)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": ROW * len(rows),
        "padding": PADDING,
        "background": GROUND,
        "data": {"values": rows},
        "encoding": {"y": {"field": "row", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0, "paddingOuter": 0}}},
        "layer": layers,
        "config": {"font": FONT, "view": {"stroke": None}, "text": {"color": INK, "align": "left"}},
    }


def _bars(chart: Chart, facts: Mapping[str, Fact], language: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows = [
        {"row": index, "label": bar.label[language], "value": float(fact.value or 0), "words": fact.words[language] if fact.words else ""}
        for index, bar in enumerate(chart.bars)
        for fact in [facts[bar.fact]]
    ]
    length = {"field": "value", "type": "quantitative", "axis": None, "scale": {"domain": [0, max(row["value"] for row in rows)], "range": [0, WIDTH * 0.66]}}
    return rows, [
        {"mark": {"type": "bar", "color": BAR, "height": 16, "yOffset": 9, "cornerRadiusEnd": 2}, "encoding": {"x": length}},
        {"mark": {"type": "text", "dy": -10, "baseline": "middle", "fontSize": 14}, "encoding": {"x": {"value": 0}, "text": {"field": "label"}}},
        {"mark": {"type": "text", "dx": 6, "dy": 9, "baseline": "middle", "fontSize": 14, "fontWeight": 600}, "encoding": {"x": length, "text": {"field": "words"}}},
    ]


def _stack(chart: Chart, language: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows = [{"row": index, "label": layer.label[language], "note": layer.note[language], "accent": layer.accent} for index, layer in enumerate(chart.layers)]
    accent = {"condition": {"test": "datum.accent", "value": GROUND}}
    return rows, [
        {"mark": {"type": "bar", "height": ROW - 5, "cornerRadius": 4}, "encoding": {"x": {"value": 0}, "x2": {"value": WIDTH}, "color": {"condition": {"test": "datum.accent", "value": BAR}, "value": LAYER}}},
        {"mark": {"type": "text", "dy": -8, "baseline": "middle", "fontSize": 14, "fontWeight": 600}, "encoding": {"x": {"value": 10}, "text": {"field": "label"}, "color": {**accent, "value": INK}}},
        {"mark": {"type": "text", "dy": 10, "baseline": "middle", "fontSize": 13}, "encoding": {"x": {"value": 10}, "text": {"field": "note"}, "color": {**accent, "value": FAINT}}},
    ]


def _sequence(chart: Chart, facts: Mapping[str, Fact], language: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    rows = [
        {"row": index, "label": f"{day(facts[step.fact].as_of, language)} · {step.label[language]}", "note": step.note[language], "accent": step.accent}
        for index, step in enumerate(chart.steps)
    ]
    line = {"mark": {"type": "rule", "color": FAINT}, "data": {"values": [{}]}, "encoding": {"x": {"value": 7}, "y": {"value": 16}, "y2": {"value": ROW * len(rows) - 34}}}
    fill = {"condition": {"test": "datum.accent", "value": BAR}, "value": GROUND}
    return rows, [
        line,
        {"mark": {"type": "point", "size": 90, "stroke": BAR, "strokeWidth": 2, "opacity": 1, "yOffset": -9}, "encoding": {"x": {"value": 7}, "fill": fill}},
        {"mark": {"type": "text", "dy": -8, "baseline": "middle", "fontSize": 14, "fontWeight": 600}, "encoding": {"x": {"value": 22}, "text": {"field": "label"}}},
        {"mark": {"type": "text", "dy": 10, "baseline": "middle", "fontSize": 13, "color": FAINT}, "encoding": {"x": {"value": 22}, "text": {"field": "note"}}},
    ]


def _says(text: str, wanted: dict[str, Any]) -> bool:
    """Whether a drawing was made from a specification."""
    return f"made from {_digest(wanted)}" in text.partition("\n")[0]


def _digest(wanted: dict[str, Any]) -> str:
    return digest(json.dumps(wanted, sort_keys=True, ensure_ascii=False) + STYLE)


def _draw(wanted: dict[str, Any]) -> str:
    import vl_convert  # heavy, and needed only when a chart has changed

    numbers: dict[str, str] = {}  # Vega counts on from drawing to drawing; each begins anew here, whatever was drawn before
    svg = CLIP.sub(lambda match: numbers.setdefault(match[0], f"clip{len(numbers)}"), vl_convert.vegalite_to_svg(wanted))
    for colour, variable in VARIABLES.items():
        svg = svg.replace(colour, variable)
    head, _, rest = svg.partition(">")
    body = f"{head}>{STYLE}{rest}\n"
    return f"<!-- made from {_digest(wanted)}, text {digest(body)} -->\n{body}"
