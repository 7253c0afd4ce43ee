/* Makes the indexes of a large site and cuts them into the pieces that engine.js takes. Run by scripts/search.py, with
   the site's own MiniSearch, language and ranking. */
function pieces(core, texts, count) {
  const read = language(core.tables), parts = Array.from({ length: count }, () => ({ strong: [], body: [] }))
  const cut = (name, index) => {
    const { index: terms, ...head } = index.toJSON()
    for (const entry of terms) parts[ranking.piece(entry[0], count)][name].push(entry)
    return head
  }
  const strong = new MiniSearch(ranking.options(read, ranking.FIELDS)), body = new MiniSearch(ranking.options(read, ["text"]))
  core.pages.forEach((page, number) => strong.addAll(ranking.strongDocuments(page, number)))
  body.addAll(texts.map(ranking.bodyDocument))
  const { pages, ...rest } = core
  return JSON.stringify({ core: { ...rest, terms: count, strong: cut("strong", strong), body: cut("body", body) }, terms: parts })
}
