"""A preview of both languages that shows a change at once: pages are rendered when a browser asks for them, so that a
change costs one page and not the site. It stands on the parts of MkDocs 1.6.1 that `mkdocs build` and `mkdocs serve`
are made of, and makes the same pages; what looks at all pages at once, links between them above all, is for the build."""

import logging
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from jinja2 import BytecodeCache, FileSystemBytecodeCache
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

READ = ("docs", "overrides")  # with the configurations, what the site is made from
LANGUAGES = {"en/": "mkdocs.en.yml", "": "mkdocs.yml"}  # what the addresses of each begin with; the longer first
RECORDS = "docs/data/"
OWN_RECORDS = "docs/data/versions/"  # which are written by the scripts, as pages are
COMPILED = ".cache/templates"
PAUSE = 0.25  # seconds between two looks at the files
IDLE = 12  # looks that find nothing changed until what can wait is made

log = logging.getLogger(__name__)

State = Mapping[str, int]  # path below the root → when it was last written


def _state(root: Path) -> State:
    files = {path.name: path.stat().st_mtime_ns for path in root.glob("mkdocs*.yml")}
    return files | {os.path.relpath(path, root): written for folder in READ for path, written in _written(str(root / folder))}


def _written(folder: str) -> Iterator[tuple[str, int]]:
    for entry in os.scandir(folder):
        try:
            if entry.is_dir():
                yield from _written(entry.path)
            else:
                yield entry.path, entry.stat().st_mtime_ns
        except FileNotFoundError:
            continue  # what an editor puts beside a file while it saves


def _is_record(path: str) -> bool:
    return path.startswith(RECORDS) and not path.startswith(OWN_RECORDS)


class _Language:
    """One of the two sites: its pages as they are on disk, written into the preview's folder when asked for."""

    def __init__(self, file: Path, folder: Path, address: str, cache: BytecodeCache) -> None:
        self.config = load_config(str(file), site_dir=str(folder), site_url=address, hooks=[])
        self.files = get_files(self.config)
        self.environment = self.config.theme.get_env()
        self.environment.bytecode_cache = cache
        self.files.add_files_from_theme(self.environment, self.config)
        set_exclusions(self.files, self.config)
        self.nav = get_navigation(self.files, self.config)
        self.pages = self.files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
        for file in self.pages:
            file.page = file.page or Page(None, file, self.config)
        self.by_path = {file.dest_uri: file for file in self.files if file.inclusion.is_in_serve()}
        self.written: set[str] = set()

    def write(self, path: str) -> None:
        """Brings the file at a path of the site up to date, or takes it away."""
        if path in self.written:
            return
        if path in self.config.theme.static_templates:
            for file in self.pages if path == "sitemap.xml" else ():
                _populate_page(file.page, self.config, self.files)
            _build_theme_template(path, self.environment, self.files, self.config, self.nav)
        elif path not in self.by_path:
            _remove(Path(self.config.site_dir, path))
        elif (file := self.by_path[path]).is_documentation_page():
            _populate_page(file.page, self.config, self.files)
            _build_page(file.page, self.config, self.pages, self.nav, self.environment, excluded=file.inclusion.is_excluded())
        else:
            file.copy_file()
        self.written.add(path)


def _remove(file: Path) -> None:
    if file.is_file():
        file.unlink()


class Preview(LiveReloadServer):
    """Serves both languages below the path of `address`, and reloads browsers when a file has changed. `generate` makes
    the pages, or all that is made, from the records; it tells of its own failures."""

    def __init__(self, root: Path, folder: Path, host: str, port: int, address: str, generate: Callable[[bool], None]) -> None:
        super().__init__(lambda: None, host, port, str(folder), mount_path=urlsplit(address).path or "/")
        self.project, self.generate, self.lock = root, generate, threading.Lock()
        self._watched_paths = dict.fromkeys(READ, 1)  # or else pages would not be told to reload
        self.error_handler = self._missing
        compiled = root / COMPILED
        compiled.mkdir(parents=True, exist_ok=True)
        self.cache = FileSystemBytecodeCache(str(compiled))
        self.known: State = {}
        self.languages: dict[str, _Language] = {}

    def serve(self, *, open_in_browser: bool = False) -> None:
        self.server_bind()
        self.server_activate()
        self._take_up(pages_only=False)
        self.serve_thread.start()
        self._build_loop()

    def _build_loop(self) -> None:
        idle, behind = 0, False
        while not self._shutdown:
            if changed := self._changed():
                idle, behind = 0, behind or any(map(_is_record, changed))
                self._wanted_epoch = round(time.monotonic() * 1000)
                self._take_up()
                with self._epoch_cond:
                    self._visible_epoch = self._wanted_epoch
                    self._epoch_cond.notify_all()
            elif behind and (idle := idle + 1) > IDLE:
                behind = False
                self._take_up(pages_only=False)
            time.sleep(PAUSE)

    def _changed(self) -> set[str]:
        return {path for path, _ in _state(self.project).items() ^ self.known.items()}

    def _take_up(self, pages_only: bool = True) -> None:
        """Reads what has changed. What `generate` writes is then no change. What an editor writes meanwhile is taken up
        the next time if it is a record; pages are read later."""
        before = _state(self.project)
        if not pages_only or any(map(_is_record, self._changed())):
            self.generate(pages_only)
        after = _state(self.project)
        self.known = {path: before.get(path, 0) if _is_record(path) else written for path, written in after.items()}
        try:
            languages = {prefix: self._language(file, prefix) for prefix, file in LANGUAGES.items()}
        except (Exception, SystemExit) as error:  # of whatever a configuration can be wrong in; MkDocs ends itself by some
            log.error("the site stays as it was: %s", error)
            return
        with self.lock:
            self.languages = languages

    def _language(self, file: str, prefix: str) -> _Language:
        return _Language(self.project / file, Path(self.root, prefix), urljoin(self.url, prefix), self.cache)

    def _serve_request(self, environ: dict, start_response: Callable) -> object:
        path = unquote(environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore"))
        if path.startswith(self.mount_path):
            with self._epoch_cond:  # as MkDocs does: no page of a tree that is only half made
                self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            self._write(path.removeprefix(self.mount_path))
        return super()._serve_request(environ, start_response)

    def _write(self, path: str) -> None:
        if ".." in path.split("/"):
            return
        names = [path + "index.html"] if path.endswith("/") or not path else [path, path + "/index.html"]
        with self.lock:
            for name in names:
                prefix = next(prefix for prefix in self.languages if name.startswith(prefix))
                self.languages[prefix].write(name.removeprefix(prefix))

    def _missing(self, code: int) -> bytes | None:
        if code != 404:
            return None
        self._write("404.html")
        return Path(self.root, "404.html").read_bytes()


def run(root: Path, host: str, address: str, generate: Callable[[bool], None], started: Callable[[str], None]) -> int:
    """Serves at `host`, name:port, until it is interrupted; tells `started` where. The exit status."""
    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    name, _, port = host.rpartition(":")
    with tempfile.TemporaryDirectory(prefix="preview_") as folder:
        server = Preview(root, Path(folder), name, int(port), address, generate)
        started(server.url)
        try:
            server.serve()
        except KeyboardInterrupt:
            return 0
        finally:
            server.shutdown()
    return 0
