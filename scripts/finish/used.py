"""What pages and their scripts can match a style rule with, as PurgeCSS collects it: the tags, classes, ids and attributes
of the pages, and what the scripts may set: every word of theirs, but for what they only look for."""

import re
from dataclasses import dataclass, field

from lxml import etree

WORD = re.compile(r"(-*)([A-Za-z_][\w-]*)")
CAPITAL = re.compile(r"[A-Z]")
LOOKED_FOR = re.compile(r"""\.(?:querySelector(?:All)?|closest|matches)\((?:"[^"\\]*"|'[^'\\]*'|`[^`$\\]*`)""")
TAG = re.compile(r"""["'`<]([a-z][a-z0-9]*)\b""")  # as in createElement("li") or "<mark>"
NO_PROPERTY = re.compile(r"(?<![\w.-])-*([A-Za-z_][\w-]*)")  # a class, but not the `filter` of list.filter(…)


@dataclass
class Used:
    tags: set[str] = field(default_factory=set)
    values: dict[str, set[str]] = field(default_factory=dict)  # of each attribute, those and the words in those that are asked for
    inline: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)  # of the scripts
    beginnings: tuple[str, ...] = ()

    def page(self, root: etree._Element, asked: frozenset[str]) -> None:
        """Takes in what a page has of the names that are asked for; its inline scripts too."""
        for element in root.iter(etree.Element):
            self.tags.add(str(element.tag))
            for name, value in element.attrib.items():
                self.values.setdefault(str(name), set()).update(asked.intersection((value, *value.split())))
            if element.tag == "script" and element.text and not element.get("src") and element.get("type") in (None, "module"):
                self.inline.add(element.text)

    def add(self, other: "Used") -> None:
        """Takes in what was found on other pages."""
        self.tags |= other.tags
        for name, values in other.values.items():
            self.values.setdefault(name, set()).update(values)
        self.inline |= other.inline

    def script(self, text: str) -> None:
        """Takes in the words of a script; of `dataset.fooBar` also the attribute that it stands for, data-foo-bar."""
        said = LOOKED_FOR.sub("", text)
        found = WORD.findall(said)
        words = {word for _, word in found}
        self.words |= words | {hyphens + word for hyphens, word in found}
        self.words |= {"data-" + CAPITAL.sub(lambda capital: "-" + capital[0].lower(), word) for word in words}
        self.tags |= set(TAG.findall(said))
        self.classes |= set(NO_PROPERTY.findall(said))

    def settle(self) -> None:
        """Makes names of what was taken in, once all pages and scripts are."""
        for text in self.inline:
            self.script(text)
        self.classes |= self.values.get("class", set())
        self.ids = self.values.get("id", set())
        self.beginnings = tuple(word for word in self.words if word.endswith("-"))

    def has_tag(self, name: str) -> bool:
        return name in self.tags

    def has_class(self, name: str) -> bool:
        """Whether a class is set, or a script says its beginning, as in `"verdict-" + verdict`."""
        return name in self.classes or name.startswith(self.beginnings)

    def has_id(self, name: str) -> bool:
        return name in self.ids or name in self.words or name.startswith(self.beginnings)

    def has_attribute(self, name: str, value: str | None) -> bool:
        """Whether an attribute stands somewhere; with a value, whether it stands with that, be it one word among others. A
        script that names an attribute may give it any value."""
        return name in self.words or name in self.values and (value is None or value in self.values[name])
