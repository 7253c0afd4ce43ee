"""The page of the data: every file that a re-user can take, and what it is."""

import posixpath

from ..blocks import table
from ..labels import LABELS
from ..model import Library
from .whole import whole


def page(library: Library, language: str) -> str:
    """The files of the module exports, with what each is."""
    label = LABELS[language]
    up = "" if language == "zh" else "../../data/"  # the files stand once, at the root
    rows = [[f'<a href="{posixpath.normpath(up + name)}">{name.rpartition("/")[2]}</a>', said] for name, said in label["data_files"].items()]
    return whole(language, label["data_title"], label["data_description"], [label["data_intro"], f"## {label['data_list']} {{#files}}", table(label["data_files_head"], rows), f"## {label['data_terms']} {{#terms}}", label["data_terms_text"]])
