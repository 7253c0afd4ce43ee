"""The built site on the web servers for which hosts/ has an example, at a host's root and below a path."""

import gzip
import http.client
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest

from . import servers

TYPES = {
    "html": "text/html; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "json": "application/json",
    "map": "application/json",
    "jsonl": "application/jsonl",
    "atom": "application/atom+xml",
    "xml": "application/xml",
    "webmanifest": "application/manifest+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "gz": "application/gzip",
    "SHA256SUMS": "text/plain; charset=utf-8",
}
TEXTS = ("index.html", "en/data/index.html", "changes.atom", "llms.txt", "index.md.txt", "sitemap.xml", "data/facts.json", "data/claimreview.jsonl", "data/sources.bib", "data/sources.ris", "assets/charts/ideas.svg")
TOLD = ("Content-Security-Policy", "Referrer-Policy", "Permissions-Policy", "X-Content-Type-Options")
FOREVER = "public, max-age=31536000, immutable"
ELSEWHERE = "site.example:8080"  # what a reader's browser calls the host

Answer = tuple[int, Mapping[str, str], bytes]


class Served:
    """A running server, asked for files of the site."""

    def __init__(self, name: str, files: Path, port: int, base: str) -> None:
        self.name, self.files, self.port, self.base = name, files, port, base

    def ask(self, path: str, **headers: str) -> Answer:
        """Status, headers and body of an answer to a request for a path below the site's own."""
        return self.raw(f"{self.base}/{quote(path)}", **headers)

    def raw(self, path: str, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("GET", path, headers={"Host": ELSEWHERE, **{name.replace("_", "-"): value for name, value in headers.items()}})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, answer.headers, body


@pytest.fixture(scope="module")
def files(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, with what must not be served and what is compressed beforehand."""
    copy = Path(shutil.copytree(site, tmp_path_factory.mktemp("hosted") / "files"))
    (copy / "empty").mkdir()
    (copy / ".git").mkdir()
    (copy / ".git/config").write_text("secret")
    (copy / "en/.env").write_text("secret")
    (copy / "twice.txt").write_text("as it is " * 100)
    (copy / "twice.txt.gz").write_bytes(gzip.compress(b"compressed beforehand"))
    return copy


@pytest.fixture(scope="module", params=[(name, base) for name in servers.SERVERS for base in ("", "/sub")], ids=lambda param: f"{param[0]}-{param[1].strip('/') or 'root'}")
def served(request: pytest.FixtureRequest, files: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    name, base = request.param
    with servers.running(name, files, tmp_path_factory.mktemp(name), base) as port:
        yield Served(name, files, port, base)


def hashed(files: Path) -> list[str]:
    return sorted(path.relative_to(files).as_posix() for path in files.glob("**/assets/*s/*.????????.*js"))


def test_every_kind_of_file_has_its_type(served: Served, site: Path) -> None:
    kinds = {path.name.rpartition(".")[2]: path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file() and not path.name.startswith("_headers")}
    told = {kind: served.ask(path)[1]["Content-Type"] for kind, path in kinds.items()}
    assert told == {kind: TYPES[kind] for kind in kinds}
    assert served.ask("")[1]["Content-Type"] == TYPES["html"]


@pytest.mark.parametrize("path", TEXTS)
def test_a_text_comes_compressed(served: Served, path: str) -> None:
    status, told, body = served.ask(path, Accept_Encoding="gzip")
    assert (status, told["Content-Encoding"]) == (200, "gzip")
    assert "Accept-Encoding" in told["Vary"]
    assert gzip.decompress(body) == (served.files / path).read_bytes()
    assert served.ask(path)[2] == (served.files / path).read_bytes()


def test_nginx_compresses_with_brotli_where_it_can(served: Served) -> None:
    told = served.ask("index.html", Accept_Encoding="br, gzip")[1]
    assert told["Content-Encoding"] == ("br" if served.name == "nginx" and servers.has_brotli() else "gzip")


def test_what_is_compressed_already_is_not_compressed_again(served: Served) -> None:
    assert "Content-Encoding" not in served.ask("assets/cards/site.png", Accept_Encoding="gzip")[1]
    assert gzip.decompress(served.ask("twice.txt", Accept_Encoding="gzip")[2]) == b"compressed beforehand"


def test_only_what_its_name_tells_is_kept_unasked(served: Served) -> None:
    assert hashed(served.files)
    for path in hashed(served.files):
        assert served.ask(path)[1]["Cache-Control"] == FOREVER, path
    for path in ("", "en/about/", *TEXTS, "404.html", "assets/javascripts/search-worker.js"):
        assert served.ask(path)[1]["Cache-Control"] == "no-cache", path
    assert served.ask("assets/javascripts/gone.0a1b2c3d.min.js")[1]["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["", "en/data/", "changes.atom", "data/facts.json"])
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_did_not_change_is_not_sent_again(served: Served, path: str, encoding: str) -> None:
    told = served.ask(path, Accept_Encoding=encoding)[1]
    status, again, body = served.ask(path, Accept_Encoding=encoding, If_None_Match=told["ETag"])
    assert (status, body) == (304, b"")
    assert again["Cache-Control"] == "no-cache"


def test_every_answer_has_the_headers(served: Served) -> None:
    expected = {name: served.ask("")[1][name] for name in TOLD}
    assert "frame-ancestors 'none'" in expected["Content-Security-Policy"] and "default-src 'none'" in expected["Content-Security-Policy"]
    assert expected["X-Content-Type-Options"] == "nosniff" and expected["Referrer-Policy"] == "strict-origin-when-cross-origin"
    for path in ("en/about/", "data/facts.json", "nowhere", "en/nowhere", hashed(served.files)[0]):
        told = served.ask(path)[1]
        assert {name: told.get_all(name) for name in TOLD} == {name: [value] for name, value in expected.items()}, path


@pytest.mark.parametrize("path", ["nowhere", "about/nowhere/", "data/nowhere.json", "assets/nowhere.css", "english"])
@pytest.mark.parametrize("language", ["", "en/"])
def test_what_is_not_there_is_told_in_both_languages(served: Served, path: str, language: str) -> None:
    status, told, body = served.ask(language + path)
    assert (status, told["Content-Type"]) == (404, TYPES["html"])
    assert body == (served.files / language / "404.html").read_bytes()
    assert "没有这个页面".encode() in body and b"There is no such page" in body


@pytest.mark.parametrize("path", ["about", "en", "en/about"])
def test_a_folder_without_its_slash_leads_to_it_on_the_same_host(served: Served, path: str) -> None:
    status, told, _ = served.ask(path)
    asked = f"http://{ELSEWHERE}{served.base}/{path}"
    assert status in (301, 308)
    assert urljoin(asked, told["Location"]) == asked + "/"


def test_below_a_path_nothing_is_served_elsewhere(served: Served) -> None:
    status, told, _ = served.raw(served.base or "/")
    assert status == 200 if not served.base else urljoin(f"http://{ELSEWHERE}/", told["Location"]) == f"http://{ELSEWHERE}/sub/"
    assert served.raw("/index.html")[0] == (404 if served.base else 200)


@pytest.mark.parametrize("path", ["empty/", "assets/", ".git/config", ".git/", "en/.env", "_headers.nginx", "_headers.caddy"])
def test_no_folder_is_listed_and_nothing_hidden_is_served(served: Served, path: str) -> None:
    status, _, body = served.ask(path)
    assert status == 404
    assert b"secret" not in body and b"nginx" not in body.lower()
