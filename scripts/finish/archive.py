"""The site as a ZIP that is read from a disk (file://): every link says its index.html, and the search's index stands in
scripts too, for from a file a page may load those, but fetch nothing."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping

from .runs import ENGLISH

FOLDER = "off-the-pedestal"
FOR_HOSTS = re.compile(rf"(?:{ENGLISH})?(?:404\.html|assets/cards/.*)|_headers.*|sw\.js|offline\.html|robots\.txt|sitemap\.xml.*")
LINK = re.compile(r'(\b(?:href|action|data-address)=\\?")([^"\\:?#/][^"\\:?#]*)(?=[?#"\\])')  # to the site itself, in a page or in the texts of its scripts
INDEXED = re.compile(r'("url":")((?:[^"]*/)?)(?=")')  # a page of the search's index
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that the form knows, so that a ZIP tells nothing but its files


def packed(files: Mapping[str, bytes]) -> bytes:
    """The ZIP of a built site (path → bytes)."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w") as archive:
        for path in sorted(files):
            if not FOR_HOSTS.fullmatch(path):
                for name, data in _from_disk(path, files[path]):
                    archive.writestr(_entry(name), data, zipfile.ZIP_DEFLATED, 9)
    return result.getvalue()


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(f"{FOLDER}/{path}", FIRST_DAY)
    entry.create_system, entry.external_attr = 3, 0o644 << 16  # as Unix writes it, on every system
    return entry


def _from_disk(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """A file as it is read from a disk, and what stands beside it for that."""
    if path.endswith(".html"):
        yield path, LINK.sub(_whole, data.decode()).replace("'self'", "'self' file:").encode()
    elif re.match(rf"(?:{ENGLISH})?search/.*\.json$", path):
        text = INDEXED.sub(lambda found: f"{found[1]}{found[2]}index.html", data.decode())
        yield f"{path}.js", f"indexed[document.currentScript.src.slice(0,-3)]={text.strip()}\n".encode()
    else:
        yield path, data


def _whole(found: re.Match[str]) -> str:
    """A link with the file that a host would find by itself."""
    address = found[2]
    if address.endswith("/"):
        address += "index.html"
    elif address.rpartition("/")[2] in (".", ".."):
        address += "/index.html"
    return found[1] + address
