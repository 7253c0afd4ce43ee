"""What the built site tells search engines, read as they read it: JSON-LD by an RDF library against schema.org's own
vocabulary, the sitemaps, robots.txt."""

import json
import os
import re
import subprocess
import sys
import warnings
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import etree, html
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.namespace import SDO

from scripts import library
from scripts.model import LANGUAGES, Library

from .conftest import HOME, scripts
from .test_site import ROOT, document, pages

VOCABULARY = "https://schema.org/"
HOSTILE = "</script><script>alert(1)</script> “q” \"q\" 'q' <!-- --> & &lt; {{ 7 * 7 }} {% raw %} {# \\u003c 😀 ".ljust(300, "x")
QUOTED = json.dumps(HOSTILE, ensure_ascii=False)
TYPES = ["Article", "BreadcrumbList", "ClaimReview"]
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def blocks(page: html.HtmlElement) -> list[dict]:
    return [json.loads(script.text) for script in page.xpath("//script[@type='application/ld+json']")]


@lru_cache(maxsize=None)
def told(site: Path) -> dict[str, list[dict]]:
    """Address below the root → the blocks of every page."""
    return {name: blocks(document(path)) for name, path in pages(site).items()}


def of(site: Path, kind: str) -> dict[str, dict]:
    """Address → the page's one block of a type, of every page of a misconception."""
    found = {name: [block for block in told(site)[name] if block["@type"] == kind] for name in told(site) if re.fullmatch(r"(en/)?myths/[\w-]+/", name)}
    assert len(found) == 2 * len(records().myths) and all(len(some) == 1 for some in found.values())
    return {name: some[0] for name, some in found.items()}


@lru_cache(maxsize=1)
def records() -> Library:
    return library.read(HOME)


def model(kind: str) -> Any:
    """A type of schema.org. Taken from the package itself, it would be built, with all that it may hold, in seconds."""
    return getattr(import_module(f"schema_org.models.{re.sub('(?<!^)(?=[A-Z])', '_', kind).lower()}"), kind)


@lru_cache(maxsize=None)
def properties(kind: str) -> dict[str, set[str]]:
    """Property → the kinds of its values, of all that a type has or inherits."""
    return {entry.schema_name: set(entry.ranges) for entry in model(kind).SCHEMA_PROPERTIES}


def faults(block: dict) -> list[str]:
    """What of a block is not as schema.org has it: unknown terms, properties that their type lacks, values of a wrong kind.
    The context is not fetched: it says no more than that all terms are schema.org's."""
    assert block["@context"] == "https://schema.org"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a class that the parser itself still uses
        graph = Graph().parse(data=json.dumps({**block, "@context": {"@vocab": VOCABULARY}}), format="json-ld")
    kinds = {node: [str(kind).removeprefix(VOCABULARY) for kind in graph.objects(node, RDF.type)] for node in set(graph.subjects())}
    found = [f"{node} has no type" for node, names in kinds.items() if not names]
    found += [f"{name} is no type" for names in kinds.values() for name in names if name not in SDO]
    for node, term, value in () if found else graph.triples((None, None, None)):
        name = str(term).removeprefix(VOCABULARY)
        known = {key: ranges for kind in kinds[node] for key, ranges in properties(kind).items()}
        if term == RDF.type:
            continue
        if name not in SDO or name not in known:
            found.append(f"{kinds[node]} has no {name}")
        elif not fits(value, kinds, known[name]):
            found.append(f"{name} is {value!r}, must be one of {known[name]}")
    return found


def fits(value: Literal | URIRef | BNode, kinds: dict, ranges: set[str]) -> bool:
    if not isinstance(value, Literal):
        return any(ranges & set(model(kind).SCHEMA_TYPES) for kind in kinds.get(value, ()))
    if isinstance(value.value, bool):
        return "Boolean" in ranges
    if isinstance(value.value, (int, float)):
        return bool(ranges & {"Number", "Integer"})
    return "Text" in ranges or "URL" in ranges and value.startswith("http") or "Date" in ranges and bool(DATE.fullmatch(value))


def test_every_block_is_said_in_the_terms_of_schema_org(site: Path) -> None:
    read = [(name, block) for name, some in told(site).items() for block in some]
    assert len(read) > 6 * len(records().myths)
    assert [(name, block["@type"], fault) for name, block in read for fault in faults(block)] == []


def test_the_vocabulary_finds_what_is_not_in_it() -> None:
    root = {"@context": "https://schema.org"}
    assert faults({**root, "@type": "ClaimRevue", "url": "https://x.example"}) == ["ClaimRevue is no type"]
    assert faults({**root, "@type": "Article", "claimReviewed": "?"}) == ["['Article'] has no claimReviewed"]
    assert len(faults({**root, "@type": "Article", "isAccessibleForFree": "yes"})) == 1
    assert len(faults({**root, "@type": "Article", "dateModified": "yesterday"})) == 1
    assert len(faults({**root, "@type": "ClaimReview", "reviewRating": {"@type": "Person", "name": "?"}})) == 1


def test_one_element_for_each_type(site: Path) -> None:
    for name, some in told(site).items():
        kinds = sorted(block["@type"] for block in some)
        assert len(kinds) == len(set(kinds)), name
        assert (kinds == TYPES) == ("ClaimReview" in kinds), name
    assert sum("ClaimReview" in {block["@type"] for block in some} for some in told(site).values()) == 2 * len(records().myths)
    for language in ("", "en/"):
        assert [block["@type"] for block in told(site)[language]] == ["WebSite", "Organization", "ItemList"]
        assert {"data/": "Dataset", "figures/": "Dataset"} == {page: told(site)[language + page][0]["@type"] for page in ("data/", "figures/")}


def test_a_review_has_what_google_and_bing_ask_for(site: Path) -> None:
    for name, review in of(site, "ClaimReview").items():
        language, slug = ("en" if name.startswith("en/") else "zh"), name.split("/")[-2]
        myth = records().myths[slug]
        assert review["url"] == urljoin(ROOT, name) == document(site / name / "index.html").xpath("string(//link[@rel='canonical']/@href)")
        assert review["@id"] == f"{review['url']}#review" and review["inLanguage"] == {"zh": "zh-Hans", "en": "en"}[language]
        assert review["author"] == {"@type": "Organization", "@id": f"{ROOT}#organization", "name": {"zh": "走下神坛", "en": "Off the Pedestal"}[language], "url": ROOT}
        assert review["claimReviewed"] == myth.claim[language]
        assert (review["datePublished"], review["dateModified"]) == (str(myth.first_published), str(myth.changes[0].date))
        assert review["itemReviewed"]["@id"] == f"{ROOT}c/{slug}/#claim"
        rating = review["reviewRating"]
        assert rating["alternateName"] and rating["ratingExplanation"] == myth.answer[language]
        numbers = [rating.get(key) for key in ("worstRating", "ratingValue", "bestRating")]
        place = {"false": 1, "misleading": 2, "partly-true": 3, "mostly-true": 4, "true": 5}.get(myth.verdict)
        assert numbers == ([1, place, 5] if place else [None] * 3), name
    assert {"unproven", "misleading"} <= {myth.verdict for myth in records().myths.values()}


def test_a_review_says_what_the_page_shows(site: Path) -> None:
    for kind, names in {"ClaimReview": ("claimReviewed", "ratingExplanation", "alternateName"), "Article": ("headline", "description")}.items():
        for name, block in of(site, kind).items():
            seen = " ".join(document(site / name / "index.html").xpath("//article")[0].text_content().split())
            assert [key for key in names if " ".join({**block, **block.get("reviewRating", {})}[key].split()) not in seen] == [], name


def test_both_languages_review_one_claim_and_name_each_other(site: Path) -> None:
    reviews, articles = of(site, "ClaimReview"), of(site, "Article")
    for name, review in reviews.items():
        if name.startswith("en/"):
            continue
        english = reviews[f"en/{name}"]
        assert review["itemReviewed"]["@id"] == english["itemReviewed"]["@id"] and review["@id"] != english["@id"]
        assert (site / review["itemReviewed"]["@id"].removeprefix(ROOT).removesuffix("#claim") / "index.html").is_file()
        here, there = articles[name], articles[f"en/{name}"]
        assert (here["workTranslation"]["@id"], there["translationOfWork"]["@id"]) == (there["@id"], here["@id"])
        assert (here["workTranslation"]["headline"], there["translationOfWork"]["headline"]) == (there["headline"], here["headline"])


def test_where_a_claim_stands_is_what_an_editor_said(site: Path) -> None:
    for name, review in of(site, "ClaimReview").items():
        claimed = {records().articles[article].url for article, said in records().reviews[name.split("/")[-2]] if said.claimed}
        assert {work["url"] for work in review["itemReviewed"].get("appearance", ())} == claimed
        assert "author" not in review["itemReviewed"]


def test_an_article_names_its_version_and_its_sources(site: Path) -> None:
    for name, article in of(site, "Article").items():
        myth = records().myths[name.split("/")[-2]]
        day, digest = article["version"].split(", ")
        assert day.startswith(article["dateModified"]) and digest in document(site / name / "index.html").xpath("//article")[0].text_content()
        sources = {fact: (records().sources.get(fact) or records().articles[fact]).url for fact in (records().facts[fact].source for fact in myth.facts)}
        assert len(article["citation"]) == len(sources) and {work["url"] for work in article["citation"]} == set(sources.values())
        assert article["expires"] == str(myth.recheck_by)


def test_the_reviews_are_in_a_file_too(site: Path) -> None:
    lines = (site / "data/claimreview.jsonl").read_text(encoding="utf-8").splitlines()
    shown = of(site, "ClaimReview")
    assert [json.loads(line) for line in lines] == [shown[f"{below}myths/{slug}/"] for slug in sorted(records().myths) for below in ("", "en/")]
    assert "claimreview.jsonl" in (site / "data/SHA256SUMS").read_text(encoding="utf-8")
    assert all(file["contentUrl"].startswith(ROOT) and (site / file["contentUrl"].removeprefix(ROOT)).is_file() for file in told(site)["en/data/"][0]["distribution"])


def test_a_sitemap_tells_the_day_of_the_newest_entry_of_a_log(site: Path) -> None:
    for below in ("", "en/"):
        sitemap = etree.parse(site / below / "sitemap.xml")
        found = {entry.findtext("{*}loc").removeprefix(ROOT): entry.findtext("{*}lastmod") for entry in sitemap.iterfind("{*}url")}
        assert {name: day for name, day in found.items() if day} == {f"{below}myths/{slug}/": str(myth.changes[0].date) for slug, myth in records().myths.items()}


def test_robots_are_led_to_both_sitemaps(site: Path) -> None:
    lines = (site / "robots.txt").read_text(encoding="utf-8").splitlines()
    assert lines == ["User-agent: *", "Allow: /", "", f"Sitemap: {ROOT}sitemap.xml", f"Sitemap: {ROOT}en/sitemap.xml"]
    assert all((site / line.removeprefix(f"Sitemap: {ROOT}")).is_file() for line in lines[3:])


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def made(root: Path, language: str) -> list[dict]:
    """The blocks of the small tree's one misconception, as `build` writes them for its page."""
    assert scripts(root, "build").returncode == 0
    fragment = (root / f"overrides/structured/{language}/myths/lamp/index.html").read_text(encoding="utf-8")
    elements = html.fragments_fromstring(fragment)
    assert {element.tag for element in elements} == {"script"} and fragment.count("<") == 2 * len(elements)
    return [json.loads(element.text) for element in elements]


@pytest.mark.parametrize("verdict", ["unproven", "outdated"])
def test_what_stands_on_no_scale_has_no_number(good: Path, verdict: str) -> None:
    edit(good / "docs/data/myths/lamp.yml", ("verdict: misleading", f"verdict: {verdict}"))
    rating = made(good, "en")[0]["reviewRating"]
    assert sorted(rating) == ["@type", "alternateName", "name", "ratingExplanation"]


def test_a_correction_is_told_in_the_language_of_the_page(good: Path) -> None:
    for language, note in (("zh", "灯厂更正了报告。"), ("en", "The maker corrected its report.")):
        (article,) = [block for block in made(good, language) if block["@type"] == "Article"]
        assert article["correction"] == [{"@type": "CorrectionComment", "text": note, "datePublished": "2026-03-01"}]


def test_what_is_withdrawn_is_no_review(good: Path) -> None:
    edit(good / "docs/data/myths/lamp.yml", ("kind: fact", "kind: withdrawn"))
    for language in LANGUAGES:
        assert [block["@type"] for block in made(good, language)] == ["Article", "BreadcrumbList"]
    assert (good / "docs/zh/data/claimreview.jsonl").read_text(encoding="utf-8") == ""


def test_a_hostile_text_stays_text(good: Path) -> None:
    edit(good / "docs/data/myths/lamp.yml", ("A lamp for only $2.4 million", QUOTED), ("Burning the lamp cost $2.4 million, the lamp not included", QUOTED))
    review, article, trail = made(good, "en")
    assert review["claimReviewed"] == review["itemReviewed"]["name"] == article["headline"] == trail["itemListElement"][1]["name"] == HOSTILE
    assert [fault for block in (review, article, trail) for fault in faults(block)] == []
    assert json.loads((good / "docs/zh/data/claimreview.jsonl").read_text(encoding="utf-8").splitlines()[1])["claimReviewed"] == HOSTILE


def test_a_hostile_text_is_no_script_in_a_page(project: Path, tmp_path: Path) -> None:
    """The template takes the blocks into the page: what looks like its tags is none."""
    title = records().myths["cost"].title.en
    edit(project / "docs/data/myths/cost.yml", (title, QUOTED), (records().myths["cost"].claim.en, QUOTED))
    assert scripts(project, "build").returncode == 0
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(project / "mkdocs.en.yml"), "-d", str(tmp_path / "built")]
    done = subprocess.run(command, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    page, other = (document(tmp_path / f"built/myths/{slug}/index.html") for slug in ("cost", "agi-now"))
    assert sorted(block["@type"] for block in blocks(page)) == TYPES
    assert [block["claimReviewed"] for block in blocks(page) if block["@type"] == "ClaimReview"] == [HOSTILE]
    assert len(page.xpath("//script")) == len(other.xpath("//script"))
    assert HOSTILE.strip() in page.xpath("string(//title)")


def test_a_claim_is_where_the_editor_found_it(good: Path) -> None:
    article = next(good.glob("docs/data/articles/*.yml"))
    assert "appearance" not in made(good, "en")[0]["itemReviewed"]
    edit(article, ("  rating: right\n", "  rating: right\n  claimed: true\n"))
    (work,) = made(good, "en")[0]["itemReviewed"]["appearance"]
    assert work == {"@type": "Article", "name": "何必把灯推上神坛？", "url": "https://example.org/a/20260120", "datePublished": "2026-01-20", "inLanguage": "zh-CN"}
    assert scripts(good, "ingest", HOME / "tests/articles/lamp.md").returncode == 0
    assert article.read_text(encoding="utf-8").count("claimed: true\n") == 1 and "claimed: false" not in article.read_text(encoding="utf-8")
