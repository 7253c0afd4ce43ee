"""The same tree built with Zensical, into site-zensical/, and compared with the site that MkDocs built. `make zensical`
runs this: Zensical lives in an environment of its own, so `make test` does not."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from scripts.model import PREVIEW

HOME = Path(__file__).parent.parent
ZENSICAL = HOME / ".venv-zensical/bin/zensical"
OURS, THEIRS = HOME / "site", HOME / "site-zensical"
CONFIGURATIONS = ("mkdocs.yml", "mkdocs.en.yml")  # Chinese first: it empties the folder in which English has its own
READ = ("docs", "overrides", *CONFIGURATIONS, "mkdocs.base.yml")  # all that a build of the site reads
DIFFERENCES = {  # what Zensical's own templates put into an article; CONTRIBUTING.md says what it is
    "the aim of “skip to content”": "//a[@id='__skip']",
}


def build(target: Path) -> None:
    """Builds both languages into `target`, from a copy of the tree, as Zensical empties folders of the tree it reads."""
    address = os.environ.get("SITE_URL", PREVIEW)
    with tempfile.TemporaryDirectory(prefix="zensical_") as folder:
        for name in READ:
            (shutil.copytree if (HOME / name).is_dir() else shutil.copy)(HOME / name, Path(folder, name))
        for configuration in CONFIGURATIONS:
            command = [ZENSICAL, "build", "--strict", "-f", configuration]
            subprocess.run(command, cwd=folder, check=True, env={**os.environ, "SITE_URL": address, "SITE_URL_EN": urljoin(address, "en/")})
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(Path(folder, "site"), target)


def pages(site: Path) -> set[str]:
    """The pages that a generator made: the one for when there is no network comes from the last pass."""
    return {path.relative_to(site).as_posix() for path in site.rglob("*.html")} - {"offline.html"}


def body(path: Path, without: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """The text of a page's article, and the ids in it, in order."""
    page = html.parse(path, html.HTMLParser(encoding="utf-8")).getroot()
    for element in [found for xpath in without for found in page.xpath(xpath)]:
        element.drop_tree()
    article = (page.xpath("//article") or page.xpath("//main"))[0]
    return " ".join("".join(article.itertext()).split()), article.xpath(".//@id")


def test_both_have_the_same_pages() -> None:
    assert pages(THEIRS) == pages(OURS)


@pytest.mark.parametrize("page", sorted(pages(OURS)))
def test_an_article_says_the_same_under_the_same_ids(page: str) -> None:
    assert body(THEIRS / page, tuple(DIFFERENCES.values())) == body(OURS / page)


@pytest.mark.parametrize("difference", DIFFERENCES)
def test_what_is_listed_as_different_is_still_there(difference: str) -> None:
    assert any(html.parse(THEIRS / page).getroot().xpath(DIFFERENCES[difference]) for page in pages(THEIRS))


if __name__ == "__main__":
    build(THEIRS)
