"""What the verbs refuse on their own, before or beside the rules: number → statement. A number never moves."""

VERBS = {
    "DUE-1": "A page is read against its sources again by its recheck_by. `check --due` tells; nothing is blocked by it.",
    "INGEST-1": "An article begins with front matter (YAML, TOML or JSON) of at most 64 KB, or the command says its title, date, lang and url.",
    "INGEST-2": "An article has a title, a date, a language, an address and a byline, each of its kind.",
    "INGEST-3": "A section with an editor's gist or review is still in the article when it is ingested again; another article has another address.",
    "INGEST-4": "An article is a readable text in UTF-8, UTF-16, GB18030 or Big5, of at most 5 MB, without control or direction-changing characters.",
    "INGEST-5": "An article has at most 10,000 lines, 5,000 figures and 20,000 bars of tables, and lists and quotes nested at most 20 deep.",
    "NEW-1": "A new misconception is named by a slug: at most 60 lower-case letters and digits joined by hyphens.",
    "NEW-2": "A new misconception overwrites no file.",
    "SITE-1": "A site is built into a new folder or over one that a build made.",
    "SITE-2": "A page of the built site has no style attribute, no attribute that holds a script (onclick) and no link to javascript:, which its policy would refuse, and no script that stands in one says </script or <!--.",
    "WRITE-1": "What a verb makes can be written, and what an interrupted run had left can be finished.",
}
