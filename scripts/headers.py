"""What a web server is told of the site: the headers of every file, the type of each kind, how long which is kept. Stated
here once, and given to nginx and Caddy each in its own language, as a file of the built site that hosts/ includes."""

import re

REFERRER = "strict-origin-when-cross-origin"
REFUSED = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"
HASHED = re.compile(r"/assets/javascripts/(?:.+/)?[^/]+\.[0-9a-f]{8}\.(?:min\.)?js$")  # a name that its content gives
FOREVER, ASKED_FIRST = "public, max-age=31536000, immutable", "no-cache"  # https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2.4
TYPES = {  # https://www.iana.org/assignments/media-types; what is not registered there, as reference managers and JSON Lines use it
    "text/html": "html",
    "text/css": "css",
    "text/javascript": "js",
    "text/plain": "txt",
    "text/markdown": "md",
    "text/csv": "csv",
    "application/json": "json map",
    "application/jsonl": "jsonl",
    "application/manifest+json": "webmanifest",
    "application/atom+xml": "atom",
    "application/xml": "xml",
    "application/x-bibtex": "bib",
    "application/x-research-info-systems": "ris",
    "application/vnd.citationstyles.style+xml": "csl",
    "image/svg+xml": "svg",
    "image/png": "png",
    "image/webp": "webp",
    "image/x-icon": "ico",
    "font/woff2": "woff2",
    "application/gzip": "gz",
    "application/zip": "zip",
}
UNTOLD = "text/plain"  # a file whose name ends in nothing, such as SHA256SUMS
PACKED = ("image/png", "image/webp", "image/x-icon", "font/woff2", "application/gzip", "application/zip")  # no text, or compressed already
TEXTS = [kind for kind in TYPES if kind not in PACKED]
WITH_CHARSET = [kind for kind in TEXTS if "json" not in kind and "xml" not in kind]  # JSON is always UTF-8, XML says what it is


def every(policy: str) -> dict[str, str]:
    """The headers of every file: name → value. `policy` is what the pages say of themselves; who may frame them, only a
    header can say."""
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
        "Referrer-Policy": REFERRER,
        "Permissions-Policy": REFUSED,
        "X-Content-Type-Options": "nosniff",
    }


def make(policy: str) -> dict[str, str]:
    """The files of the built site that say it: path → text."""
    return {"_headers.nginx": nginx(policy), "_headers.caddy": caddy(policy)}


def nginx(policy: str) -> str:
    """For the block of a server (https://nginx.org/en/docs/http/ngx_http_headers_module.html). nginx inherits headers into
    a location as long as that adds none of its own."""
    lines = [f'add_header {name} "{value}" always;' for name, value in every(policy).items()]
    lines += ["add_header Cache-Control $kept always;", f'set $kept "{ASKED_FIRST}";', f'if ($uri ~ "{HASHED.pattern}") {{ set $kept "{FOREVER}"; }}']
    lines += ["types {", *(f"    {kind} {endings};" for kind, endings in TYPES.items()), "}", f"default_type {UNTOLD};", "charset utf-8;"]
    lines += [f"charset_types {' '.join(_without_html(WITH_CHARSET))};", f"gzip_types {' '.join(_without_html(TEXTS))};"]
    return "\n".join(["# Made by `make build`: what nginx is told of this site.", *lines, ""])


def _without_html(kinds: list[str]) -> list[str]:
    """nginx adds text/html itself, and complains of seeing it twice."""
    return [kind for kind in kinds if kind != "text/html"]


def caddy(policy: str) -> str:
    """For the block of a site (https://caddyserver.com/docs/caddyfile/directives/header). Pages keep the type that Caddy
    gives them, as their addresses end in a slash."""
    lines = ["header {", *(f'    {name} "{value}"' for name, value in every(policy).items()), "}"]
    lines += [f"@hashed path_regexp `{HASHED.pattern}`", f'header @hashed Cache-Control "{FOREVER}"']
    lines += [f"@asked-first not path_regexp `{HASHED.pattern}`", f'header @asked-first Cache-Control "{ASKED_FIRST}"']
    for kind, endings in TYPES.items():
        name = re.sub(r"\W", "-", kind)
        charset = "; charset=utf-8" if kind in WITH_CHARSET else ""
        lines += [f"@{name} path {' '.join(f'*.{ending}' for ending in endings.split())}", f'header @{name} Content-Type "{kind}{charset}"']
    lines += ["@untold path_regexp `/[^/.]+$`", f'header @untold ?Content-Type "{UNTOLD}; charset=utf-8"']
    lines += ["encode gzip {", "    minimum_length 256", "    match {", *(f"        header Content-Type {kind}*" for kind in TEXTS), "    }", "}"]
    return "\n".join(["# Made by `make build`: what Caddy is told of this site.", *lines, ""])
