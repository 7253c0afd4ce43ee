/* Which pages a query or a pasted message is about, or that none is.

   ranking(read, store) gives { rank, sections }. `read` is a language; `store` is { strong, body, count, df, record }:
     strong   an index (MiniSearch) of what a page is found by: its wordings, title, answer, summary, in each language
     body     an index of the pages' texts, or null while it has not come
     count    how many documents `strong` has; df(term) how many of them have a term, undefined if that is not known
     record   page number → { kind, own, other }, each side { title, label, answer, summary, heard: […] }
   A document of `strong` is page × 2, + 1 for the other language; one of `body` is a page.

   A message is read clause by clause, for a rumour sits in one or two of them. For each window of clauses and each page:
     covered   how much of the window the page speaks of, each unit weighed by how rare it is
     heard     how much of one of the page's known wordings the window holds
   A page counts only when these are high enough; a weak match is no match. */
(function (root) {
  "use strict"
  const FIELDS = ["heard", "title", "answer", "summary"]
  const BOOST = { heard: 4, title: 3, answer: 2, summary: 1 }
  const CANDIDATES = 24 // pages looked at closely
  const WINDOWS = 3 // windows of a page that are compared with its wordings
  const SHORT = 36 // units of a query that is also read as a whole
  const UNKNOWN = 1 // weight of what is found nowhere, as a share of the rarest
  const LIMIT = { covered: 0.62, heard: 0.8, both: [0.34, 0.55], evidence: 1.1, whole: 0.9 }
  const MOST = 8 // pages in an answer
  const WEAKER = 0.5 // of the best page's score, below which a page is left out

  /** MiniSearch's options for an index of the strong fields, or of texts. */
  function options(read, fields) {
    return { fields, tokenize: read.terms, processTerm: term => term, searchOptions: { boost: BOOST } }
  }

  /** The piece of a large index, 0 to pieces - 1, that a term is in. Terms that begin alike are together. */
  function piece(term, pieces) {
    let hash = 0
    for (const char of /^[#≈~@]/.test(term) ? term : Array.from(term).slice(0, /^\p{sc=Han}/u.test(term) ? 1 : 2)) hash = (hash * 31 + char.codePointAt(0)) >>> 0
    return hash % pieces
  }

  function strongDocuments(page, number) {
    return ["own", "other"].filter(side => page[side]).map((side, at) => {
      const { title, label = "", answer = "", summary = "", heard = [] } = page[side]
      return { id: number * 2 + (side === "other"), heard: heard.join("\n"), title: title + "\n" + label, answer, summary }
    })
  }

  function bodyDocument(sections, number) {
    return { id: number, text: sections.map(([, heading, text]) => heading + "\n" + text).join("\n") }
  }

  function ranking(read, store) {
    function hits(index, terms, fields) {
      if (!index) return []
      const fuzzy = term => (/^[a-z]{5,}$/.test(term) ? 0.2 : false)
      const prefix = (term, at, all) => (at === all.length - 1 && /^[a-z]{3,}$/.test(term)) || /^\p{sc=Han}$/u.test(term)
      return index.search(terms.join("\n"), { tokenize: () => terms, fuzzy, prefix, fields })
    }

    function counted(found) {
      const counts = new Map()
      for (const hit of found) for (const term of hit.queryTerms) counts.set(term, (counts.get(term) || 0) + 1)
      return counts
    }

    const rarity = (times, count) => Math.log(1 + count / times) / Math.log(1 + count)

    /** The units of a query, each with its weight. */
    function weighed(units, counts, inBodies, bodies) {
      return units.map(unit => {
        const known = unit.terms.map(([term]) => counts.get(term)).filter(Boolean)
        const texts = unit.terms.map(([term]) => inBodies.get(term)).filter(Boolean)
        const share = known.length ? rarity(Math.min(...known), store.count) : texts.length ? rarity(Math.min(...texts), bodies) : UNKNOWN
        return { ...unit, weight: unit.size * share }
      })
    }

    /** Each clause, each two that follow each other, and a short query as a whole. */
    function windows(units) {
      const clauses = []
      for (const unit of units) {
        if (!clauses.length || clauses[clauses.length - 1][0].clause !== unit.clause) clauses.push([])
        clauses[clauses.length - 1].push(unit)
      }
      const found = clauses.flatMap((clause, at) => [clause, ...(clauses[at + 1] ? [[...clause, ...clauses[at + 1]]] : [])])
      return clauses.length > 2 && units.length <= SHORT ? [...found, units] : found
    }

    const credit = (unit, terms) => Math.max(0, ...unit.terms.filter(([term]) => terms.has(term)).map(([, worth]) => worth))

    function cover(window, terms) {
      let all = 0, got = 0
      for (const unit of window) { all += unit.weight; got += unit.weight * credit(unit, terms) }
      return { window, covered: all ? got / all : 0, evidence: got }
    }

    const readings = new Map()
    function reading(wording) {
      if (!readings.has(wording)) readings.set(wording, read.units(read.normal(wording)).filter((unit, _, all) => !unit.alone || all.length === 1))
      return readings.get(wording)
    }

    /** How much of a wording a window holds. */
    function held(wording, window) {
      const said = new Map(window.flatMap(unit => unit.terms))
      let all = 0, got = 0
      for (const unit of reading(wording)) {
        const known = unit.terms.map(([term]) => store.df(term)).filter(Boolean)
        const weight = unit.size * (known.length ? rarity(Math.min(...known), store.count) : 0.7)
        all += weight
        got += weight * Math.max(0, ...unit.terms.map(([term, worth]) => (said.has(term) ? Math.min(worth, said.get(term)) : 0)))
      }
      return all ? got / all : 0
    }

    function compare(side, sights) {
      let best = { covered: 0, heard: 0, evidence: 0, score: 0 }
      for (const sight of [...sights].sort((a, b) => b.covered * b.evidence - a.covered * a.evidence).slice(0, WINDOWS)) {
        let heard = 0, wording = ""
        for (const said of [...(side.heard || []), side.title]) {
          const share = held(said, sight.window)
          if (share > heard) { heard = share; wording = said }
        }
        const score = (sight.covered + heard) * (1 - Math.exp(-sight.evidence / 2))
        if (score > best.score) best = { ...sight, heard, wording, score }
      }
      return best
    }

    function good(match, whole) {
      if (match.evidence < LIMIT.evidence && !(whole && match.covered >= LIMIT.whole)) return false
      return match.covered >= LIMIT.covered || match.heard >= LIMIT.heard || (match.covered >= LIMIT.both[0] && match.heard >= LIMIT.both[1])
    }

    /** The pieces of the normal query that a set of terms explains, neighbours joined. */
    function words(text, units, terms) {
      const found = []
      let end = -1
      for (const unit of units.filter(unit => credit(unit, terms))) {
        if (unit.at === end) found[found.length - 1] += text.slice(unit.at, unit.end)
        else found.push(text.slice(unit.at, unit.end))
        end = unit.end
      }
      return [...new Set(found)]
    }

    /** The pages that a query is about, the best first: { page, side, score, wording, words, terms }. */
    async function rank(query) {
      const text = read.normal(query), all = read.units(text), spoken = all.filter(unit => !unit.alone)
      const units = spoken.length ? spoken : all.slice(0, 1)
      const terms = [...new Set(units.flatMap(unit => unit.terms.map(([term]) => term)))]
      if (!terms.length) return []
      await store.prepare(terms)
      const strong = hits(store.strong, terms, FIELDS), bodies = hits(store.body, terms, ["text"])
      const judged = weighed(units, counted(strong), counted(bodies), store.body ? store.body.documentCount : 1), views = windows(judged)
      const inBody = new Map(bodies.map(hit => [hit.id, hit])), top = Math.max(...strong.map(hit => hit.score), 1e-9)
      const likely = strong.map(hit => ({ hit, terms: new Set(hit.queryTerms) })).map(one => ({ ...one, rough: cover(judged, one.terms).evidence }))
      likely.sort((a, b) => b.rough - a.rough || b.hit.score - a.hit.score)
      const pages = [...new Set([...likely.map(one => one.hit.id >> 1).slice(0, CANDIDATES), ...bodies.slice(0, CANDIDATES).map(hit => hit.id)])]
      const records = new Map(await Promise.all(pages.map(async page => [page, await store.record(page)])))
      const byPage = new Map()
      for (const one of likely) if (records.has(one.hit.id >> 1)) keep(byPage, strongMatch(one, records, views, units.length <= SHORT, top))
      for (const [page, hit] of inBody) if (records.has(page)) keep(byPage, bodyMatch(page, hit, strong, records, judged, views))
      const ranked = [...byPage.values()].sort((a, b) => b.score - a.score || a.page - b.page)
      const enough = ranked.length ? ranked[0].score * WEAKER : 0
      return ranked.filter(match => match.score >= enough).slice(0, MOST).map(match => ({ ...match, words: words(text, judged, match.terms) }))
    }

    function strongMatch({ hit, terms }, records, views, whole, top) {
      const page = hit.id >> 1, side = hit.id & 1 ? "other" : "own", record = records.get(page)
      const match = compare(record[side], views.map(window => cover(window, terms)))
      if (!good(match, whole) || (record.kind !== "myth" && match.covered < 0.8)) return null
      const worth = record.kind === "myth" ? 1 : 0.4
      return { page, side, record, terms, wording: match.heard >= 0.5 ? match.wording : "", score: worth * (match.score + 0.3 * hit.score / top) * (side === "other" ? 0.9 : 1) }
    }

    /** A page whose text says nearly all of a short query, though its title and wordings do not. */
    function bodyMatch(page, hit, strong, records, judged, views) {
      const record = records.get(page), terms = new Set([...hit.queryTerms, ...strong.filter(one => one.id === page * 2).flatMap(one => one.queryTerms)])
      const match = cover(judged, terms)
      if (judged.length > SHORT || match.covered < LIMIT.whole || match.evidence < LIMIT.evidence) return null
      return { page, side: "own", record, terms, wording: "", score: (record.kind === "myth" ? 0.5 : 0.3) * match.covered }
    }

    function keep(byPage, match) {
      if (!match) return
      const known = byPage.get(match.page)
      if (!known || (match.side === known.side ? match.score > known.score : match.side === "own")) byPage.set(match.page, match) // the reader's language first
    }

    /** The section of a page that says most of what was asked, with the place where it does: { id, heading, text, at }. */
    function section(sections, terms) {
      let best = null, most = 1
      for (const [id, heading, text] of sections) {
        const found = new Map()
        for (const unit of read.units(read.normal(heading + "\n" + text))) for (const [term] of unit.terms) if (terms.has(term) && !found.has(term)) found.set(term, unit.at)
        const worth = [...found.keys()].reduce((sum, term) => sum + rarity(store.df(term) || 1, store.count), 0) / Math.log(60 + text.length)
        if (found.size > 1 && worth * 100 > most) { most = worth * 100; best = { id, heading, text, at: Math.min(...found.values()) - heading.length - 1 } }
      }
      return best
    }

    return { rank, section }
  }

  root.ranking = Object.assign(ranking, { options, piece, strongDocuments, bodyDocument, FIELDS })
})(globalThis)
