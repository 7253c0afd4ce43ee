"""What the verbs refuse on their own, before or beside the rules: number → statement. A number never moves."""

VERBS = {
    "INGEST-1": "An article begins with front matter between two lines of `---`.",
    "INGEST-2": "An article has a title, a date, a language, an address and a byline, each of its kind.",
    "INGEST-3": "A section whose gist an editor wrote is still in the article when it is ingested again.",
    "INGEST-4": "An article can be read and is UTF-8.",
    "NEW-1": "A new misconception is named by a slug: at most 60 lower-case letters and digits joined by hyphens.",
    "NEW-2": "A new misconception overwrites no file.",
    "SITE-1": "A site is built into a new folder or over one that a build made.",
    "WRITE-1": "A file that a verb makes can be written.",
}
