"""Other generators of static sites, on the same Markdown: what each wants, and how it is run.

They get every page of ours that MkDocs reads, and nothing else that a build of ours makes: no citations, cards, feeds or
plain texts. Each runs with its defaults, and the settings below. Whatever is not installed is left out, and said to be.
"""

import json
import shutil
from pathlib import Path
from typing import Callable, NamedTuple

HOME = Path(__file__).resolve().parent.parent
NODE = HOME / ".cache/node"  # filled by `make bench` from benchmarks/package.json
ZENSICAL = HOME / ".venv-zensical/bin/zensical"
LANGUAGES = {"zh": "", "en": "en"}
KEPT = ("title:", "description:")  # of the front matter
EXTENSIONS = {"attr_list": {}, "footnotes": {}, "md_in_html": {}, "tables": {}, "toc": {"permalink": True, "toc_depth": 3}}
ASTRO = """import { defineConfig } from "astro/config"
import starlight from "@astrojs/starlight"
export default defineConfig({ integrations: [starlight({ title: "bench", locales: { root: { label: "中文", lang: "zh-CN" }, en: { label: "English", lang: "en" } } })] })
"""
CONTENT = """import { defineCollection } from "astro:content"
import { docsLoader } from "@astrojs/starlight/loaders"
import { docsSchema } from "@astrojs/starlight/schema"
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) }
"""
VITEPRESS = """export default { title: "bench", ignoreDeadLinks: true, markdown: { attrs: { disable: true } } }
"""  # its attribute lists give all the ids of a list's items to the list
HUGO = """baseURL = "http://127.0.0.1/"
title = "bench"
disableKinds = ["taxonomy", "term"]
[markup.goldmark.renderer]
unsafe = true
"""
TEMPLATE = "<!doctype html><html><head><meta charset=utf-8><title>{{ .Title }}</title></head><body><nav>{{ range .Site.Home.Pages }}<a href={{ .RelPermalink }}>{{ .Title }}</a>{{ end }}</nav><main>{{ .Content }}</main></body></html>\n"


class Peer(NamedTuple):
    """A generator: its name, whether it is installed, how a folder is laid out for it, the commands that build it, which
    run at the same time, and the folder that its own must stand in to find its packages."""

    name: str
    installed: Callable[[], bool]
    lay: Callable[[Path, Path], None]
    commands: list[list[object]]
    beside: Path | None = None


def pages(tree: Path, folder: Path, apart: bool = False, home: str = "index.md") -> None:
    """Copies the pages and charts of a built tree: Chinese at the root and English below it, or `apart`."""
    for language, below in LANGUAGES.items():
        source, target = tree / "docs" / language, folder / (language if apart else below)
        for page in source.rglob("*.md"):
            head, body = page.read_text(encoding="utf-8").split("\n---\n", 1)
            front = "\n".join(line for line in head.split("\n") if line.startswith(KEPT))
            to = (target / page.relative_to(source)).with_name(home if page.name == "index.md" else page.name)
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
        if (source / "assets/charts").is_dir():
            shutil.copytree(source / "assets/charts", target / "assets/charts", dirs_exist_ok=True)


def _material(tree: Path, folder: Path) -> None:
    """Material's own templates and search, as MkDocs and Zensical read them."""
    pages(tree, folder, apart=True)
    for language in LANGUAGES:
        settings = {"site_name": "bench", "site_url": "http://127.0.0.1/", "docs_dir": language, "site_dir": f"site-{language}", "theme": {"name": "material", "language": language, "font": False}, "markdown_extensions": EXTENSIONS}
        (folder / f"{language}.yml").write_text(json.dumps(settings), encoding="utf-8")  # JSON is YAML


def _starlight(tree: Path, folder: Path) -> None:
    pages(tree, folder / "src/content/docs")
    _node(folder)
    (folder / "astro.config.mjs").write_text(ASTRO, encoding="utf-8")
    (folder / "src/content.config.ts").write_text(CONTENT, encoding="utf-8")


def _vitepress(tree: Path, folder: Path) -> None:
    pages(tree, folder / "docs")
    _node(folder)
    (folder / "docs/.vitepress").mkdir()
    (folder / "docs/.vitepress/config.mjs").write_text(VITEPRESS, encoding="utf-8")


def _node(folder: Path) -> None:
    (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")


def _hugo(tree: Path, folder: Path) -> None:
    pages(tree, folder / "content", home="_index.md")
    (folder / "layouts/_default").mkdir(parents=True)
    (folder / "hugo.toml").write_text(HUGO, encoding="utf-8")
    for name in ("single", "list"):
        (folder / f"layouts/_default/{name}.html").write_text(TEMPLATE, encoding="utf-8")


def _installed(name: str) -> Callable[[], bool]:
    return lambda: (NODE / "node_modules/.bin" / name).exists()


def plain(python: str) -> Peer:
    """MkDocs and Material as they come: what the others are measured by."""
    return Peer("MkDocs + Material", lambda: True, _material, [[python, "-m", "mkdocs", "build", "--quiet", "-f", f"{language}.yml"] for language in LANGUAGES])


OTHERS = (
    Peer("Zensical", ZENSICAL.exists, _material, [[ZENSICAL, "build", "--clean", "-f", f"{language}.yml"] for language in LANGUAGES]),
    Peer("Starlight", _installed("astro"), _starlight, [[NODE / "node_modules/.bin/astro", "build"]], NODE),
    Peer("VitePress", _installed("vitepress"), _vitepress, [[NODE / "node_modules/.bin/vitepress", "build", "docs"]], NODE),
    Peer("Hugo", lambda: shutil.which("hugo") is not None, _hugo, [["hugo", "--quiet", "--config", "hugo.toml"]]),
)
SURROUNDINGS = {"NO_MKDOCS_2_WARNING": "1", "ASTRO_TELEMETRY_DISABLED": "1", "CI": "1", "NODE_OPTIONS": "--max-old-space-size=16000"}  # VitePress takes 12 GB for 500 misconceptions


def command(peer: Peer) -> list[object]:
    """All commands of a generator as one, which fails when one of them does."""
    lines = " & ".join(" ".join(f"'{part}'" for part in one) + f" || touch failed-{number}" for number, one in enumerate(peer.commands))
    return ["sh", "-c", f"{lines} & wait; ! ls failed-* >/dev/null 2>&1"]
