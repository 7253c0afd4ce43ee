"""Hook of both languages: MkDocs renders all pages before it writes the first, and holds the Markdown and the HTML of each
to the end. Here the HTML waits compressed for its template, and the Markdown, which nothing asks for again, is let go."""

import zlib

_waiting = {}  # path of a page's source → its HTML, compressed, from when it is rendered until it is written


def on_page_content(html, page, config, files):
    """Takes the HTML out of the page. What stays is empty, not None: a page without any has no title for MkDocs."""
    _waiting[page.file.src_uri] = zlib.compress(html.encode(), level=1)
    page.markdown = ""
    return ""


def on_page_context(context, page, config, nav):
    """Gives the page its HTML for its template."""
    page.content = zlib.decompress(_waiting.pop(page.file.src_uri)).decode()


def on_post_page(output, page, config):
    """Lets go of the HTML again."""
    page.content = ""
