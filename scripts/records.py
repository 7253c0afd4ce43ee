"""The records: everything that is stated once, as typed values. Those of articles are in the module accounts.

A record is read from YAML whose scalars are all text, so the types below decide what a value means.
Unknown keys are refused. Each field carries what it means, a good example and a bad one; CONTRIBUTING's
field guide is made from them.
"""

import re
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .scalars import ChangeKind, CueLine, Day, Grade, Line, Number, PartialDate, Place, Slug, Slugs, SourceKind, SourceType, Theme, Unit, Url, Verdict, each_once

ANSWER_LIMIT = {"zh": 35, "en": 75}
SUMMARY_LIMIT = {"zh": 300, "en": 200}
REPLY_LIMIT = {"zh": 140, "en": 280}
NAME_IN_FORMULA = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")
SIGN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.,%+-]*[A-Za-z0-9%])?|\S")


def signs(text: str) -> int:
    """How long a Chinese text is: every sign counts, punctuation too, and a run of Latin letters and digits as one."""
    return len(SIGN.findall(text))


def field(meaning: str, good: Any, bad: str, **limits: Any) -> Any:
    """A field with its line in the field guide: what it means, a good value, a bad one and why it is bad."""
    return Field(description=meaning, examples=[good], json_schema_extra={"bad": bad}, **limits)


class Record(BaseModel):
    """The base of all records: unknown keys refused, values frozen once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def model_post_init(self, context: Any) -> None:
        """Lets all records share their sets of the fields that were given: a set of its own takes more than most records."""
        object.__setattr__(self, "__pydantic_fields_set__", _shared(frozenset(self.model_fields_set)))


@lru_cache(maxsize=None)
def _shared(names: frozenset[str]) -> set[str]:
    return set(names)


class Text(Record):
    """One thing said in both languages."""

    zh: Line
    en: Line

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)


class Phrasings(Record):
    """How people word a claim, for the reader who searches and for the match with articles."""

    zh: list[Line] = Field(min_length=1)
    en: list[Line] = Field(min_length=1)

    def __getitem__(self, language: str) -> list[str]:
        return getattr(self, language)


class Cues(Record):
    """Words by which a figure of an article is known, in either language, as the module cues reads them."""

    zh: list[CueLine] = []
    en: list[CueLine] = []


class Change(Record):
    """One entry of a page's log."""

    date: Day = field("The day of the change.", "2026-11-22", "yesterday")
    kind: ChangeKind = field("Its class.", "fact", "fixed")
    note: Text = field("What changed and why.", {"zh": "……", "en": "…"}, "fixed a typo (not logged)")


class Myth(Record):
    """One misconception: `docs/data/myths/<slug>.yml`."""

    draft: bool = field("Whether it is still in the making, and kept out of the site. Delete the line to publish.", "true", "yes", default=False)
    label: Text = field("A name of a word or two, for the navigation and for tables.", {"zh": "训练成本", "en": "Cost"}, "the whole title")
    title: Text = field(
        "The page's title. States the fact in one plain sentence, not the claim.",
        {"zh": "557.6 万美元只是 V3 最后一次训练的算力租金", "en": "$5.576 million is the rent of one training run"},
        "Did DeepSeek really cost $5.58 million? (a question that repeats the claim)",
    )
    claim: Text = field(
        "What is claimed, said once, as people say it.",
        {"zh": "只花 558 万美元就做出世界一流的模型", "en": "A world-class model for $5.58 million"},
        "People are wrong about the cost (that is our answer, not their claim)",
    )
    verdict: Verdict = field("One word of the scale on the method page.", "misleading", "rubbish (not on the scale)")
    theme: Theme = field("What it is about, for the reader who looks through the home page.", "cost", "money (no theme of ours)")
    answer: Text = field(
        f"The one-line answer: at most {ANSWER_LIMIT['zh']} Chinese characters, {ANSWER_LIMIT['en']} letters in English.",
        {"zh": "这是一次训练的算力租金，不是总成本。", "en": "That is one run's rent, not the total cost."},
        "It depends. (answers nothing)",
    )
    summary: Text = field(
        f"The summary: no jargon, at most {SUMMARY_LIMIT['zh']} Chinese characters, {SUMMARY_LIMIT['en']} English words.",
        {"zh": "……", "en": "…"},
        "one language only",
    )
    phrasings: Phrasings = field(
        "How people word the claim. Shown as “heard as”, searched, and matched with the paragraphs of articles.",
        {"zh": ["训练成本只有 558 万美元"], "en": ["trained for under six million"]},
        "cost (a word that any paragraph holds)",
    )
    keywords: Cues = field(
        "Words by which readers look for the page, beside those of its wordings: single words and short terms, for the search alone.",
        {"zh": ["烧钱", "造价"], "en": ["budget", "training bill"]},
        "whole sentences (those are phrasings)",
        default=Cues(),
    )
    facts: Slugs = field("The facts in the evidence table, in its order.", ["v3-final-run-cost"], "an id that facts.yml lacks", min_length=1)
    key_facts: Slugs = field(
        "Two of these facts, of different witnesses, that settle the claim: the reply names their sources. Without them, the first ones.",
        ["v3-final-run-cost", "r1-rl-cost"],
        "a fact that the page does not list",
        default=[],
    )
    related: Slugs = field("Slugs of misconceptions to read next.", ["open-source"], "the page itself")
    first_published: Day = field("The day the page first appeared.", "2026-11-22", "last week")
    reviewed: Day = field("The day someone last read the page against its sources.", "2026-11-22", "2026-13-01")
    recheck_by: Day = field("The day by which someone must read it again.", "2027-05-22", "a day before `reviewed`")
    changes: list[Change] = field(
        "The log, newest first: date, kind and a note in both languages.",
        [{"date": "2026-11-22", "kind": "published", "note": {"zh": "首次发布。", "en": "First published."}}],
        "an entry without a reason",
        min_length=1,
    )


class Fact(Record):
    """One figure or dated statement: an entry of `docs/data/facts.yml`, keyed by its id."""

    statement: Text = field(
        "What is so, without the figure itself: the row's heading in the evidence table.",
        {"zh": "V3 最后一次训练的费用（按租价折算）", "en": "Rental value of V3's final training run"},
        "Cost (of what?)",
    )
    value: Number | None = field("The figure in full, without separators; absent for a statement without a figure.", "5576000", "5.576 million", default=None)
    unit: Unit | None = field("The unit of the value.", "USD", "dollars", default=None)
    words: Text | None = field(
        "The exact words for the figure in each language. Prose may say it in no other way.",
        {"zh": "557.6 万美元", "en": "$5.576 million"},
        "about 5.6 million (rounds without saying so)",
        default=None,
    )
    as_of: PartialDate = field("The day, month or year for which it holds.", "2024-12-26", "December")
    source: Slug = field("Id of the source that someone read, in sources.yml, or of an ingested article.", "deepseek-v3-report", "the internet")
    locator: Place = field("Where in the source: page, section, table, commit, line.", "Table 1, p. 5", "see report")
    covers: Text | None = field("What the figure includes.", {"zh": "预训练、上下文扩展和后训练", "en": "pre-training, context extension, post-training"}, "everything", default=None)
    excludes: Text | None = field("What people may think it includes, but it does not.", {"zh": "前期研究和试验", "en": "earlier research and trial runs"}, "n/a", default=None)
    grade: Grade = field("How the source was read.", "primary-read", "trustworthy")
    formula: Line | None = field(
        "For a derived figure: arithmetic on ids of other facts; `check` works it out again.",
        "v3-gpu-hours * h800-price-assumed",
        "2.788 * 2 (numbers instead of facts)",
        default=None,
    )
    cues: Cues | None = field(
        "Words that, all in one sentence of an article up to the end of the figure's clause, say that its figure of this unit is meant to be this one (for a statement without a figure: that its date is). The figure check then tells when it is not. `a|b` is either, `!a|b` neither of them in the clause itself, and a hyphen joins words.",
        {"zh": ["英伟达 跌|挫 17% !盘中"], "en": ["Nvidia fell|dropped 17% !intraday"]},
        "英伟达 (stands in sentences about anything)",
        default=None,
    )
    confused_with: Cues | None = field(
        "Words that, with this very figure, say that it is taken for something else; written as cues are.",
        {"zh": ["购买|采购 GPU !不是|并非"], "en": ["buy|bought GPUs !not"]},
        "花费 (does not tell what for)",
        default=None,
    )

    recompute: bool = field("Whether readers may work the formula out with figures of their own, on the page of figures.", "true", "yes", default=False)
    supersedes: Slugs = field("Older facts of the same measure in whose place this one stands.", ["v3-final-run-cost"], "the fact itself", default=[])
    disputes: Slugs = field("Facts of the same measure and date that this one contradicts, when both must be told.", ["v3-final-run-cost"], "the fact itself", default=[])

    @property
    def needs(self) -> list[str]:
        """Ids of the facts that the formula names."""
        return NAME_IN_FORMULA.findall(self.formula or "")

    @model_validator(mode="after")
    def _figure_is_whole(self) -> "Fact":
        given = [name for name in ("value", "unit", "words") if getattr(self, name) is not None]
        if given and len(given) < 3:
            raise ValueError(f"has only {' and '.join(given)} of a figure, must have value, unit and words, or none of them")
        if self.formula and not given:
            raise ValueError("has a formula but no value, must have value, unit and words")
        if self.recompute and not self.formula:
            raise ValueError("is to be recomputed but has no formula, must have one")
        return self


class Author(Record):
    """A CSL name: a person by family and given name, or a body by `literal`."""

    family: Line | None = None
    given: Line | None = None
    literal: Line | None = None

    @model_validator(mode="after")
    def _one_name(self) -> "Author":
        if bool(self.family) == bool(self.literal) or (self.given and self.literal):
            raise ValueError("must have either family, with or without given, or literal")
        return self

    def __str__(self) -> str:
        return self.literal or " ".join(part for part in (self.given, self.family) if part)


class Source(Record):
    """One source: an entry of `docs/data/sources.yml`, keyed by its id. Field names are CSL's where CSL has one
    (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables)."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    type: SourceType = field("CSL type.", "report", "PDF")
    title: Line = field("The title as it stands on the source, in its own language.", "DeepSeek-V3 Technical Report", "V3 paper")
    translation: Text | None = field("The title in our languages, when it is in neither or only in one of them.", {"zh": "……", "en": "…"}, "a title of our own", default=None)
    author: list[Author] = field("CSL names.", [{"literal": "DeepSeek-AI"}], "various", min_length=1)
    publisher: Line | None = field("Who published it, when the authors did not.", "Meta", "the web", default=None)
    container_title: Line | None = field("The journal, site or repository it stands in.", "Nature", "a journal", default=None, alias="container-title")
    issued: PartialDate = field("When it was published.", "2024-12-26", "recently")
    accessed: Day = field("The day someone last read it.", "2026-11-22", "today")
    url: Url = field("Its own address; the address of one version (a commit, v1) where there is one.", "https://arxiv.org/abs/2412.19437v1", "www.example.org", alias="URL")
    archive: Url | None = field("An archived copy.", "https://web.archive.org/web/2025/https://example.org/", "the same address again", default=None)
    read_at: Url | None = field("Where the copy that was read stands, when the original could not be opened.", "https://example.org/copy", "the original's address", default=None)
    kind: SourceKind = field("What kind of witness it is.", "self-report", "good")
    interest: Text = field("Whose interest the source has in what it says.", {"zh": "DeepSeek 说自己的模型", "en": "DeepSeek on its own model"}, "none (everyone has one)")
    origins: Slugs = field("Ids in origins.yml: what it repeats, or is itself, so that all that comes from one witness counts as one.", ["semianalysis-2025-01"], "the site it stands on", default=[])

    @model_validator(mode="after")
    def _read_after_issue(self) -> "Source":
        if str(self.accessed)[: len(self.issued)] < self.issued:
            raise ValueError(f"was accessed {self.accessed}, must not be before it was issued, {self.issued}")
        return self


class Origin(Record):
    """One witness whom several sources repeat: an entry of `docs/data/origins.yml`, keyed by its id."""

    name: Text = field("Who said what, where and when.", {"zh": "……", "en": "SemiAnalysis's report of 31 January 2025"}, "the press")


class Bar(Record):
    """One bar of a chart: a fact and its label."""

    fact: Slug
    label: Text


class Layer(Record):
    """One layer of a stack diagram, top first."""

    label: Text
    note: Text
    accent: bool = False


class Step(Record):
    """One step of a sequence: what happened, on the date of a fact."""

    fact: Slug
    label: Text
    note: Text
    accent: bool = False


class Chart(Record):
    """One drawing: an entry of `docs/data/charts.yml`, keyed by its id; it has bars, layers or steps."""

    title: Text = field("What one sees, as a sentence.", {"zh": "同样一次训练，V3 用的 GPU 小时少得多", "en": "V3's run took far fewer GPU-hours"}, "Chart 1")
    note: Text = field("What to mind when reading it.", {"zh": "两种 GPU 不同", "en": "the two GPUs differ"}, "see text")
    bars: list[Bar] = field("Facts of one unit, drawn as bars in this order.", [{"fact": "v3-gpu-hours", "label": {"zh": "V3", "en": "V3"}}], "facts of two units", default=[])
    layers: list[Layer] = field("Layers of a stack, top first.", [{"label": {"zh": "PTX", "en": "PTX"}, "note": {"zh": "…", "en": "…"}}], "one layer", default=[])
    steps: list[Step] = field("What followed what, each with the fact that gives its date.", [{"fact": "v3-final-run-cost", "label": {"zh": "V3", "en": "V3"}, "note": {"zh": "…", "en": "…"}}], "facts in any order", default=[])

    @model_validator(mode="after")
    def _one_kind(self) -> "Chart":
        if sum(map(bool, (self.bars, self.layers, self.steps))) != 1:
            raise ValueError("must have either bars, layers or steps")
        each_once([bar.fact for bar in self.bars])
        return self


class Address(Record):
    """A slug that was published, and whose links must go on: an entry of `docs/data/addresses.yml`, keyed by the slug."""

    moved: Slug | None = field("The misconception under whose slug the page stands now.", "cost", "an address", default=None)


class Claim(Record):
    """One claim of the source articles that was checked before anything was written: an entry of `docs/data/claims.yml`,
    keyed by its id."""

    facts: Slugs = field("The facts in which what was found is told.", ["v3-final-run-cost"], "an id that facts.yml lacks", default=[])
    unused: Line | None = field("Why no page tells it.", "An aside on another company; no page turns on it.", "not needed (why?)", default=None)

    @model_validator(mode="after")
    def _told_or_not(self) -> "Claim":
        if bool(self.facts) == bool(self.unused):
            raise ValueError("must have either facts or unused")
        return self


class Event(Record):
    """One event of the timeline: an entry of `docs/data/events.yml`, keyed by its id. Its date and source are those of its
    first fact; its misconceptions, those that list the facts."""

    what: Text = field("What happened, in one sentence.", {"zh": "……", "en": "DeepSeek publishes V3"}, "V3 (what of it?)")
    facts: Slugs = field("The facts that tell of it, first the one that gives its date.", ["v3-final-run-cost"], "an id that facts.yml lacks", min_length=1)
    note: Text | None = field("What to mind of the date: its time zone, or that it is disputed.", {"zh": "美国时间", "en": "Date in the US"}, "the date again", default=None)


class Term(Record):
    """A term or name in both languages: an entry of `docs/data/glossary.yml`. Digits inside a term are part of a
    name, never a figure."""

    zh: Line = field("The term in Chinese.", "专家混合", "a definition")
    en: Line = field("The term in English.", "mixture of experts", "a definition")
    also: list[Line] = field("Other names of the same thing, in either language.", ["MoE", "混合专家"], "the two above again", default=[])

    def __getitem__(self, language: str) -> str:
        return getattr(self, language)
