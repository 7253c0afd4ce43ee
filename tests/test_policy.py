"""Every page runs under its policy, said by itself and by the host; what is slipped into a page does not run."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import HOME, dressed, serving
from .hosting import Hosted, rules, sent

POLICY = re.compile(r'<meta charset="utf-8">\s*<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
SLIPPED_IN = "<script>document.title = 'taken'</script><img src='data:,' onerror=\"document.title = 'taken'\"><p style='color: red' id='slipped'>in</p></body>"


@pytest.fixture(scope="module")
def host(site: Path) -> Iterator[str]:
    with serving(site, Hosted) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, host: str) -> Iterator[Page]:
    """A page that notes what it says on its console, and what its policy refuses, in `window.refused`."""
    context = browser.new_context(base_url=host)
    context.add_init_script("window.refused = []; addEventListener('securitypolicyviolation', event => refused.push(event.violatedDirective + ' ' + (event.blockedURI || event.sample)))")
    yield context.new_page()
    context.close()


def policies(site: Path) -> dict[str, str]:
    """The policy of each page, which stands before anything that it could refuse."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        said = POLICY.search(path.read_text(encoding="utf-8"))
        assert said, f"{path} has no policy after its charset"
        found[path.relative_to(site).as_posix()] = said[1]
    return found


def test_no_policy_lets_anything_run_that_is_not_named(site: Path) -> None:
    known = {**policies(site), "_headers": rules(site)["/*"]["Content-Security-Policy"]}
    assert len(known) > 90
    for path, policy in known.items():
        assert policy.startswith("default-src 'none'; script-src 'self'"), path
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy, path
    assert "frame-ancestors 'none'" in known["_headers"]
    assert max(map(len, (site / "_headers").read_text(encoding="utf-8").splitlines())) <= 2000  # as long as Cloudflare Pages takes a line


def test_every_page_opens_under_its_policy(opened: Page, site: Path) -> None:
    faults: list[str] = []
    opened.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    found = {}
    for path in policies(site):
        opened.goto(path.removesuffix("index.html"), wait_until="load")
        if opened.locator("script[data-src]").count():
            expect(opened.locator("p.copying")).to_be_attached()  # by scripts that come when the page stands
        found[path] = [*faults, *opened.evaluate("refused")]
        faults.clear()
    assert {path: said for path, said in found.items() if said} == {}


@pytest.mark.parametrize("path", ["myths/cost/", "en/"])
def test_what_is_slipped_in_does_not_run(opened: Page, path: str) -> None:
    def slip(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("</body>", SLIPPED_IN))

    opened.route(re.compile(f"/{path}$"), slip)
    opened.goto(path)
    assert opened.title() != "taken"
    assert {said.split()[0] for said in opened.evaluate("refused")} >= {"script-src-elem", "script-src-attr", "style-src-attr"}
    assert opened.evaluate("getComputedStyle(document.getElementById('slipped')).color") != "rgb(255, 0, 0)"


def test_a_host_keeps_what_is_named_by_its_content_and_asks_again_for_the_rest(site: Path) -> None:
    known = rules(site)
    paths = [f"/{path.relative_to(site).as_posix()}" for path in site.rglob("*") if path.is_file()]
    kept = {path: [value for name, value in sent(known, path) if name == "Cache-Control"] for path in paths if not path.startswith("/_headers")}
    assert {path: said for path, said in kept.items() if len(said) != 1} == {}
    forever = {path for path, said in kept.items() if "immutable" in said[0]}
    assert forever == {path for path in paths if re.search(r"\.[0-9a-f]{8}\.js$", path)} and forever
    assert len(known) <= 100  # as many as Cloudflare Pages takes
    assert f'<meta name="referrer" content="{dict(sent(known, "/myths/cost/"))["Referrer-Policy"]}">' in (site / "myths/cost/index.html").read_text(encoding="utf-8")


def test_a_page_that_its_policy_would_refuse_is_not_published(good: Path, tmp_path: Path) -> None:
    dressed(good, '<!doctype html>\n<title>lamp</title>\n<p style="color: red">\n<a href="javascript:go()" onclick="go()">lamp</a>\n')
    done = subprocess.run([sys.executable, "-m", "scripts", "--root", str(good), "build", "--site", str(tmp_path / "site")], cwd=HOME, capture_output=True, text=True)
    assert done.returncode == 1 and not (tmp_path / "site").exists()
    said = done.stdout.splitlines()
    assert "site/index.html:3: SITE-2 <p> has an attribute style, must have a class or a script of a file instead" in said
    assert "site/index.html:4: SITE-2 <a> leads to javascript:go(), must be a button with a script of a file instead" in said
    assert "site/index.html:4: SITE-2 <a> has an attribute onclick, must have a class or a script of a file instead" in said
