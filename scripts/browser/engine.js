/* The search worker's engine: takes the index of the site's own language, and answers queries.

   A small site has its index in two files: core.json (what pages are found by) is enough to answer; text.json (their
   sections) follows and improves the answer. A large site has it in pieces, of which a query takes those that it needs:
   terms/N.json (parts of the indexes) and pages/N.json (one page each). scripts/search.py writes both forms. */
(function (root) {
  "use strict"
  const AROUND = 60 // characters before and behind the place that a section is shown for
  const MOST_PIECES = 48 // files of terms that one query may ask for

  const escaped = text => text.replace(/[&<>"']/g, char => `&#${char.charCodeAt(0)};`)

  async function read(asked, name) {
    const response = await asked
    if (!response.ok) throw new Error(name + ": " + response.status)
    return response.json()
  }

  const get = (base, name) => read((root.askFile || fetch)(new URL(name, base)), name) // a page opened from a file has an askFile: engine-seam.js

  /** The store of a site whose index is in two files. */
  function whole(core, read, base) {
    const held = new Map(), options = root.ranking.options(read, root.ranking.FIELDS), inDocument = new Set()
    const terms = text => { const found = read.terms(text); found.forEach(term => inDocument.add(term)); return found }
    const strong = new root.MiniSearch({ ...options, tokenize: terms })
    for (const [number, page] of core.pages.entries()) for (const document of root.ranking.strongDocuments(page, number)) {
      strong.add(document)
      for (const term of inDocument) held.set(term, (held.get(term) || 0) + 1)
      inDocument.clear()
    }
    const alike = new Map()
    for (const term of held.keys()) if (/^\p{sc=Han}{2}$/u.test(term)) {
      const sound = read.sound(term)
      if (sound) alike.set(sound, [...(alike.get(sound) || []), term])
    }
    const homophones = sound => (alike.get(sound) || []).sort((a, b) => held.get(b) - held.get(a)).slice(0, 1)
    const store = { strong, body: null, candidates: 24, count: strong.documentCount, df: term => held.get(term), homophones, record: page => core.pages[page], prepare() {}, sections: () => [] }
    store.later = get(base, "text.json").then(texts => {
      const body = new root.MiniSearch(root.ranking.options(read, ["text"]))
      body.addAll(texts.map(root.ranking.bodyDocument))
      Object.assign(store, { body, later: null, sections: page => texts[page] })
      return true
    })
    return store
  }

  /** The store of a site whose index is in pieces. `core.terms` is how many files of terms there are. */
  function pieces(core, language, base) {
    const pages = new Map(), asked = new Map(), come = new Map(), names = { strong: root.ranking.FIELDS, body: ["text"] }
    const once = (known, key, how) => known.get(key) || known.set(key, how().catch(error => { known.delete(key); throw error })).get(key)
    const page = number => once(pages, number, () => get(base, `pages/${number}.json`))
    const where = term => root.ranking.piece(term, core.terms)

    async function load(number) {
      const part = await get(base, `terms/${number}.json`), held = new Map(part.strong.map(([term, fields]) => [term, new Set(Object.values(fields).flatMap(Object.keys)).size]))
      come.set(number, { held, ...Object.fromEntries(Object.entries(names).map(([name, fields]) => [name, root.MiniSearch.loadJS({ ...core[name], index: part[name] }, root.ranking.options(language, fields))])) })
    }

    /** What the pieces that have come find, as one index would: MiniSearch weighs a document's score by how many terms it has. */
    function search(name, terms, options) {
      const found = new Map()
      for (const number of new Set(terms.map(where))) if (come.has(number)) for (const hit of come.get(number)[name].search("", { ...options, tokenize: () => terms.filter(term => where(term) === number) })) {
        const known = found.get(hit.id) || { id: hit.id, raw: 0, terms: [], queryTerms: [] }
        found.set(hit.id, { id: hit.id, raw: known.raw + hit.score / hit.queryTerms.length, terms: [...known.terms, ...hit.terms], queryTerms: [...known.queryTerms, ...hit.queryTerms] })
      }
      return [...found.values()].map(hit => ({ ...hit, score: hit.raw * hit.queryTerms.length })).sort((a, b) => b.score - a.score)
    }

    const joined = name => ({ documentCount: core[name].documentCount, search: (_, options) => search(name, options.tokenize(), options) })
    return {
      strong: joined("strong"), body: joined("body"), candidates: 8, count: core.strong.documentCount, homophones: () => [],
      df: term => (come.has(where(term)) ? come.get(where(term)).held.get(term) : undefined),
      prepare: terms => Promise.all([...new Set(terms.map(where))].slice(0, MOST_PIECES).map(number => once(asked, number, () => load(number)))),
      record: async number => (await page(number)).page,
      sections: async number => (await page(number)).sections,
    }
  }

  /** A site whose files are below `base`. `asked` is the answer, under way, for its core.json. */
  async function open(base, asked) {
    const core = await read(asked, "core.json"), language = root.language(core.tables)
    const store = core.terms ? pieces(core, language, base) : whole(core, language, base)
    return { core, store, ranking: root.ranking(language, store) }
  }

  function marked(text, words) {
    const found = words.filter(word => word.length > 1 || /\p{sc=Han}/u.test(word)).map(word => escaped(word).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    return found.length ? escaped(text).replace(new RegExp(found.join("|"), "gi"), said => `<mark>${said}</mark>`) : escaped(text)
  }

  function excerpt({ text, at }, words) {
    const from = Math.max(0, at - AROUND), to = at + AROUND
    return (from ? "…" : "") + marked(text.slice(from, to), words) + (to < text.length ? "…" : "")
  }

  /** One result: the page with its verdict, answer and why it matched, and its best section. */
  async function item(match, { core, store, ranking }) {
    const side = match.record[match.side], foreign = match.side === "other" ? ` lang="${core.other}"` : "", verdict = match.record.verdict
    const words = core.words, heard = match.wording && match.wording !== side.title
    const why = heard ? `${words.heard}${words.quotes[0]}<q>${escaped(match.wording)}</q>${words.quotes[1]}` : `${words.matched}${match.words.map(word => `<mark>${escaped(word)}</mark>`).join(words.list)}`
    const badge = verdict ? `<span class="verdict-word verdict-${verdict}">${escaped(core.verdicts[verdict])}</span> ` : ""
    const title = `<span${foreign}>${escaped(side.title)}</span><span class="search-answer">${badge}<span${foreign}>${escaped(side.answer || side.summary || "")}</span></span><span class="search-why">${why}</span>`
    const entry = { location: side.url, title, text: "" }
    const best = match.side === "own" ? ranking.section(await store.sections(match.page), match.terms) : null
    if (match.side === "other") return [entry, { ...entry, location: match.record.own.url, title: escaped(match.record.own.title) }]
    return best ? [entry, { ...entry, location: `${side.url}#${best.id}`, title: escaped(best.heading), text: excerpt(best, match.words) }] : [entry]
  }

  /** The pages that a query finds, the best first; of each what is shown of it, and what of its best section. */
  async function answer(query, site) {
    const matches = await site.ranking.rank(query)
    return Promise.all(matches.map(match => item(match, site)))
  }

  root.engine = { open, answer }
})(globalThis)
