"""The records of source articles: what ingest found in them, and what an editor says of them."""

from .records import Record, Text, field
from .scalars import Digest, HeadingForm, Line, Number, Published, Qualifier, Rating, Slug, Slugs, Unit, Url


class Figure(Record):
    """A figure found in an article: its text there and what it means."""

    text: Line
    value: Number | None = None
    unit: Unit | None = None
    qualifier: Qualifier | None = None
    date: Line | None = None
    until: Line | None = None


class Paragraph(Record):
    """A paragraph of an article: where it stands, what identifies it, what it touches. Never its text. `also` and
    `background` are the editor's and survive ingestion."""

    number: int
    fingerprint: Digest
    figures: list[Figure] = []
    myths: Slugs = []
    also: Slugs = []
    background: Text | None = None


class Section(Record):
    """A section of an article; `gist` is the editor's and survives ingestion."""

    heading: str
    form: HeadingForm
    level: int
    gist: Text | None = None
    paragraphs: list[Paragraph] = []


class Review(Record):
    """What an article says on a misconception and how that stands against the register; the editor's."""

    myth: Slug = field("The misconception.", "cost", "a title")
    section: int = field("The article's section, 0 for the opening.", "2", "the heading", ge=0)
    rating: Rating = field("How it stands up.", "imprecise", "bad")
    claimed: bool = field("Whether the claim itself stands there, made by the article or reported.", "true", "yes (the article speaks of the matter alone)", default=False)
    says: Text = field("What the article says, in our words; its own figures only.", {"zh": "……", "en": "…"}, "a sentence of the article")
    finding: Text = field("How that stands against the register; figures of `facts` only.", {"zh": "……", "en": "…"}, "wrong (why?)")
    facts: Slugs = field("The facts that the finding names.", ["v3-final-run-cost"], "an id that facts.yml lacks", default=[])


class Article(Record):
    """One ingested article: `docs/data/articles/<id>.yml`. Ingest writes it; summary, translation, interest, gists
    and reviews are the editor's and are kept."""

    title: Line = field("The title, from the front matter.", "何必把DeepSeek推上神坛？", "our own title")
    published: Published = field("When it was published, as the front matter says it.", "2025-02-10 18:56:12", "last year")
    language: Line = field("Its language tag.", "zh-CN", "Chinese")
    url: Url = field("Its own address.", "https://new.qq.com/rain/a/20250210A07CID00", "qq")
    byline: Line = field("Who wrote it, as the article says.", "脑极体", "admin")
    tags: list[Line] = field("Tags of the front matter.", ["qq"], "our own tags", default=[])
    file: Line = field("Name of the file it was read from.", "000_f645f0c89fc97b77.md", "a path")
    fingerprint: Digest = field("Digest of the whole text.", "1f0c7f4d9a2b", "a date")
    summary_fingerprint: Digest | None = field("Digest of the summary in the front matter; its text is not stored.", "1f0c7f4d9a2b", "the summary itself", default=None)
    translation: Text | None = field("The editor's: its title in our languages.", {"zh": "……", "en": "…"}, "a joke", default=None)
    interest: Text | None = field("The editor's: whose interest it has.", {"zh": "科技自媒体的评论", "en": "A commentary by a technology blog"}, "none", default=None)
    summary: Text | None = field("The editor's: what the article says, in our words.", {"zh": "……", "en": "…"}, "its first sentence", default=None)
    sections: list[Section] = field("Its sections and paragraphs, made by ingest. The editor's: each section's `gist`; and, for a paragraph in which ingest found no misconception, `also`, the misconceptions that it touches all the same, or `background`, why it touches none.", [], "typed by hand")
    reviews: list[Review] = field("The editor's: what it says on each misconception, and how that stands against the register.", [], "a rating without a fact", default=[])
