"""Hook of both languages: MkDocs renders all pages before it writes the first, and holds the Markdown, the HTML and
the links of each to the end. Here the HTML waits compressed for its template; the Markdown, which nothing asks for again,
and links that lead where they should are let go."""

import zlib

_waiting = {}  # path of a page's source → its HTML, compressed, from when it is rendered until it is written


def on_page_content(html, page, config, files):
    """Takes the HTML out of the page. What stays is empty, not None: a page without any has no title for MkDocs."""
    _waiting[page.file.src_uri] = zlib.compress(html.encode(), level=1)
    page.markdown = ""
    _forget_links(page)
    return ""


def on_page_context(context, page, config, nav):
    """Gives the page its HTML for its template."""
    page.content = zlib.decompress(_waiting.pop(page.file.src_uri)).decode()


def on_post_page(output, page, config):
    """Lets go of the HTML again."""
    page.content = ""


def _forget_links(page):
    """Leaves of a page's links to anchors, which MkDocs looks up last of all, those whose anchor is not there yet."""
    links = page.links_to_anchors or {}
    for file in links:
        there = file.page and file.page.present_anchor_ids or ()
        links[file] = {anchor: link for anchor, link in links[file].items() if anchor not in there}
