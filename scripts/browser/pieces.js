/* Makes the indexes of a large site and cuts them into the pieces that engine.js takes. Run by scripts/search.py, with
   the site's own language and ranking: a batch of pages at a time, for whole indexes would fill the memory. What MiniSearch
   would give as JSON is written here at once: its own objects are several times as large and slow. */
function pieces(tables, count) {
  const read = language(tables), { options, piece, strongDocuments, bodyDocument, FIELDS } = ranking
  const fields = { strong: FIELDS, body: ["text"] }
  const heads = Object.fromEntries(Object.entries(fields).map(([name, fields]) => [name, new MiniSearch(options(read, fields)).toJSON()]))

  /** Adds a document to an index: its lengths to the head, and its terms to `found`: term → field → documents, as JSON. */
  function add(document, name, found) {
    const head = heads[name], id = head.nextId++
    head.documentCount++
    head.documentIds[id] = document.id
    head.fieldLength[id] = fields[name].map((field, number) => {
      const times = new Map()
      for (const term of read.terms(document[field])) times.set(term, (times.get(term) || 0) + 1)
      for (const [term, many] of times) {
        if (!found.has(term)) found.set(term, [])
        const documents = found.get(term)
        documents[number] = (documents[number] ? documents[number] + "," : "") + `"${id}":${many}`
      }
      return times.size
    })
  }

  /** What each piece has of some documents: the entries of an index, as JSON. */
  function cut(documents, name) {
    const found = new Map(), parts = Array.from({ length: count }, () => [])
    for (const document of documents) add(document, name, found)
    for (const [term, documents] of found) parts[piece(term, count)].push(`[${JSON.stringify(term)},{${documents.map((said, number) => `"${number}":{${said}}`).filter(Boolean).join()}}]`)
    return parts
  }

  return {
    /** What each piece has of a batch of pages, the first of which has the number `first`: JSON, a line a piece. */
    batch(pages, first) {
      const strong = cut(pages.flatMap(({ page }, at) => strongDocuments(page, first + at)), "strong")
      const body = cut(pages.map(({ sections }, at) => bodyDocument(sections, first + at)), "body")
      return strong.map((part, number) => `{"strong":[${part}],"body":[${body[number]}]}`).join("\n")
    },

    heads() {
      for (const head of Object.values(heads)) {
        const lengths = Object.values(head.fieldLength)
        head.averageFieldLength = lengths[0].map((_, field) => lengths.reduce((sum, each) => sum + each[field], 0) / lengths.length)
        delete head.index
      }
      return JSON.stringify(heads)
    },
  }
}
