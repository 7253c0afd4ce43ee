/* Makes the indexes of a large site and cuts them into the pieces that engine.js takes. Run by scripts/search.py, with
   the site's own MiniSearch, language and ranking: a few pieces at a time, for whole indexes would fill the memory. */
function pieces(core, texts, count) {
  const read = language(core.tables), { options, piece, strongDocuments, bodyDocument, FIELDS } = ranking
  const cuts = {
    strong: { fields: FIELDS, documents: core.pages.flatMap(strongDocuments).map(document => said(document, FIELDS)) },
    body: { fields: ["text"], documents: texts.map(bodyDocument).map(document => said(document, ["text"])) },
  }

  /** A document with the terms of its fields instead of their text. */
  function said(document, fields) {
    return { id: document.id, ...Object.fromEntries(fields.map(field => [field, read.terms(document[field])])) }
  }

  const known = new Map()
  function within(term, from, to) {
    if (!known.has(term)) known.set(term, piece(term, count))
    return known.get(term) >= from && known.get(term) < to
  }

  /** The parts of one index that hold the pieces from `from` up to `to`; its head grows by the lengths of their fields. */
  function cut(name, from, to, parts) {
    const { fields, documents } = cuts[name]
    const extractField = (document, field) => (field === "id" ? document.id : document[field].filter(term => within(term, from, to)))
    const index = new MiniSearch({ ...options(read, fields), tokenize: terms => terms, extractField, stringifyField: terms => terms })
    index.addAll(documents)
    const { index: terms, ...head } = index.toJSON()
    for (const entry of terms) parts[piece(entry[0], count) - from][name].push(entry)
    const whole = (cuts[name].head = cuts[name].head || { ...head, fieldLength: {} }).fieldLength
    for (const [id, lengths] of Object.entries(head.fieldLength)) whole[id] = fields.map((_, field) => ((whole[id] || [])[field] || 0) + (lengths[field] || 0))
  }

  function some(from, to) {
    const parts = Array.from({ length: to - from }, () => ({ strong: [], body: [] }))
    for (const name of Object.keys(cuts)) cut(name, from, to, parts)
    return JSON.stringify(parts)
  }

  function head() {
    for (const { head, fields } of Object.values(cuts)) head.averageFieldLength = fields.map((_, field) => {
      const lengths = Object.values(head.fieldLength)
      return lengths.reduce((sum, each) => sum + each[field], 0) / lengths.length
    })
    const { pages, ...rest } = core
    return JSON.stringify({ ...rest, terms: count, strong: cuts.strong.head, body: cuts.body.head })
  }

  return { some, head }
}
