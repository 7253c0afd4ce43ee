/* Which pages a query or a pasted message is about, or that none is.

   ranking(read, store) gives { rank, section }. `read` is a language; `store` is the site's index:
     strong     an index (MiniSearch) of what a page is found by, FIELDS, in each language
     body       an index of the pages' texts, or null while it has not come
     count, df  how many documents `strong` has; term → how many of them have it, undefined if that is not known
     homophones sound of a pair of characters → known pairs that sound so
     candidates how many pages to look at closely
     prepare    terms → when what `strong` and `body` have of them has come
     record     page number → { kind, own, other }, each side { title, label, answer, summary, heard, keys, figures }
     sections   page number → [[id, heading, text]]
   A document of `strong` is page × 2, + 1 for the other language; one of `body` is a page.

   A message is read clause by clause, for a rumour sits in one or two of them. For each window of clauses and each page:
     covered   how much of the window the page speaks of, each unit weighed by how rare it is
     heard     how much of one of the page's known wordings the window holds
     about     how much of the window is what the page is about: said in many of its wordings
   A page counts only when these are high enough; a weak match is no match. */
(function (root) {
  "use strict"
  const FIELDS = ["heard", "title", "answer", "figures", "summary"]
  const BOOST = { heard: 4, title: 3, answer: 2, figures: 2, summary: 1 }
  const WINDOWS = 3 // windows of a page that are compared with its wordings
  const SHORT = 36 // units of a query that is also read as a whole
  const UNKNOWN = 1 // weight of what is found nowhere, as a share of the rarest
  const ENOUGH = { covered: 0.25, itself: 0.35, sum: 1.15, about: 0.3, heard: 0.8, subjects: 1, main: 0.08, other: 0.8, telling: 0.22, whole: 0.9 } // see good()
  const MOST = 8 // pages in an answer
  const SALIENT = 3 // shares of a page's wordings by which a term is what the page is about: a third of them are enough
  const SUBJECT = 0.15 // weight, for its size, from which a unit is one of the things that a page is about
  const PRECISE = /^#(?=\d{5}|\d+\.\d)0*\.?0*[1-9]\.?\d\.?[1-9]/ // a figure of three digits or more, and no year: no coincidence
  const ROUNDED = /^[≈~]/ // what many figures have in common
  const LEFT_OUT = [1e4, 1e6, 1e8, 1e9, 0.01] // what a figure's unit may have been when there is none: 557.6, of 557.6 万
  const FIGURE = 0.15 // the share that a precise figure of the page has
  const KEY = 0.07 // the share that a keyword has
  const NEAR = 12 // characters that the words of a short query may stand apart in a text
  const GUESSED = 0.9 // what a corrected word counts
  const LEAST_SAID = 2.5 // weight below which a wording says too little to be recognized by
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
      const { title, label = "", answer = "", summary = "", heard = [], keys = [], figures = [] } = page[side]
      return { id: number * 2 + (side === "other"), heard: [...heard, ...keys].join("\n"), title: title + "\n" + label, answer, figures: figures.join("\n"), summary }
    })
  }

  function bodyDocument(sections, number) {
    return { id: number, text: sections.map(([, heading, text]) => heading + "\n" + text).join("\n") }
  }

  function ranking(read, store) {
    function hits(index, terms, fields) {
      if (!index) return []
      return index.search(terms.join("\n"), { tokenize: () => terms, prefix: term => /^\p{sc=Han}$/u.test(term), fields })
    }

    function counted(found) {
      const counts = new Map()
      for (const hit of found) for (const term of hit.queryTerms) counts.set(term, (counts.get(term) || 0) + 1)
      return counts
    }

    const rarity = (times, count) => (count > 1 ? Math.log(count / Math.min(times, count)) / Math.log(count) : 1)

    /** The units of a query, each with its weight. */
    function weighed(units, counts, inBodies, bodies) {
      return units.map(unit => {
        const known = unit.terms.map(([term]) => counts.get(term)).filter(Boolean)
        const texts = unit.terms.map(([term]) => inBodies.get(term)).filter(Boolean)
        const share = known.length ? rarity(Math.min(...known), store.count) : texts.length ? rarity(Math.min(...texts), bodies) : UNKNOWN
        return { ...unit, weight: unit.size * share }
      })
    }

    /** What a figure may be indexed under that was typed by itself, without its unit; a year is none. */
    function scaled(units) {
      const figure = units.length === 1 && /^#(?!(?:19|20)\d\d$)(\d.*)/.exec(units[0].terms[0][0])
      return figure ? LEFT_OUT.map(unit => "#" + Number((figure[1] * unit).toPrecision(3))).filter(term => PRECISE.test(term)) : []
    }

    /** A unit that nothing is indexed under as what was probably meant: a word with other letters or more of them, a
     *  pair of characters that sounds the same, or a figure `withUnit`. */
    function corrected(unit, withUnit) {
      if (unit.terms.some(([term]) => !ROUNDED.test(term) && (store.df(term) || (store.body && inBody(term))))) return unit
      const spelt = unit.terms.flatMap(([term]) => (/^[a-z]{4,}$/.test(term) ? spelled(term) : /^\p{sc=Han}{2}$/u.test(term) ? store.homophones(read.sound(term)) : []))
      const meant = [...withUnit.filter(store.df), ...spelt]
      return meant.length ? { ...unit, terms: meant.map(term => [term, GUESSED]) } : unit
    }

    function inBody(term) { return store.body.search(term, { tokenize: () => [term] }).length > 0 }

    /** The known word that has two neighbours of the letters the other way round, or else the nearest. */
    function spelled(term) {
      const turned = Array.from({ length: term.length - 1 }, (_, at) => term.slice(0, at) + term[at + 1] + term[at] + term.slice(at + 2)).filter(store.df)
      if (turned.length) return turned.sort((a, b) => store.df(b) - store.df(a)).slice(0, 1)
      const near = new Map()
      for (const hit of store.strong.search(term, { tokenize: () => [term], fuzzy: 0.25, prefix: true })) for (const found of hit.terms) near.set(found, Math.max(near.get(found) || 0, hit.score))
      return [...near].filter(([found]) => /^[a-z]/.test(found)).sort((a, b) => b[1] - a[1]).slice(0, 1).map(([found]) => found)
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

    const topics = new Map()
    /** The share of a side's wordings that have a term: how much the page is about it. */
    function topic(side) {
      if (!topics.has(side)) {
        const wordings = [...(side.heard || []), side.title, side.label || ""].map(reading), shares = new Map()
        for (const units of wordings) for (const term of new Set(units.flatMap(unit => unit.terms.map(([term]) => term)))) shares.set(term, (shares.get(term) || 0) + 1 / wordings.length)
        const also = [...(side.keys || []), ...(side.figures || [])].flatMap(reading).flatMap(unit => unit.terms.map(([term]) => term))
        for (const term of also) if (!/^[#≈~]/.test(term) || PRECISE.test(term)) shares.set(term, Math.max(term[0] === "#" ? FIGURE : KEY, shares.get(term) || 0))
        topics.set(side, shares)
      }
      return topics.get(side)
    }

    /** How much of a window is what the page is about, and by how many units. */
    function focus(window, shares) {
      let about = 0, subjects = 0, main = 0, telling = 0, precise = false
      for (const unit of window) {
        const share = Math.max(0, ...unit.terms.map(([term, worth]) => worth * (shares.get(term) || 0))), weight = unit.weight * Math.min(1, SALIENT * share)
        about += weight
        telling = Math.max(telling, share * unit.weight / unit.size)
        precise = precise || unit.terms.some(([term]) => PRECISE.test(term) && shares.has(term))
        if (weight >= SUBJECT * unit.size) { subjects += unit.size / 2; main = Math.max(main, share) }
      }
      return { about, subjects, main, telling, precise }
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
      return got / Math.max(all, LEAST_SAID)
    }

    function compare(side, sights) {
      let best = { covered: 0, heard: 0, about: 0, subjects: 0, main: 0, evidence: 0, score: 0 }
      for (const sight of [...sights].sort((a, b) => b.covered * b.evidence - a.covered * a.evidence).slice(0, WINDOWS)) {
        let heard = 0, wording = ""
        for (const said of [...(side.heard || []), side.title]) {
          const share = held(said, sight.window)
          if (share > heard) { heard = share; wording = said }
        }
        const { about, subjects, main, telling, precise } = focus(sight.window, topic(side))
        const score = (sight.covered + heard + 0.6 * about / (about + 1)) * (1 - Math.exp(-sight.evidence / 2))
        if (score > best.score) best = { ...sight, heard, wording, about, subjects, main, telling, precise, score }
      }
      return best
    }

    /** Whether a page is what a window speaks of: enough of the window, of a wording and of the page's subjects together,
     *  and no mere coincidence of words that are at its edge. */
    function good({ covered, heard, about, subjects, main, telling, precise }) {
      if (telling >= ENOUGH.telling) return true
      if (covered < ENOUGH.covered) return false
      if (precise || (main >= ENOUGH.itself && covered >= 0.45)) return true
      if (about < ENOUGH.about && heard < ENOUGH.heard) return false
      if (subjects < ENOUGH.subjects && main < ENOUGH.main && heard * covered < ENOUGH.heard) return false
      return covered + heard + 0.8 * Math.min(1, about / 2) >= ENOUGH.sum
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
      const typed = spoken.length ? spoken : all.slice(0, 1)
      if (!typed.length) return []
      const withUnit = scaled(typed)
      await store.prepare([...typed.flatMap(unit => unit.terms.map(([term]) => term)), ...withUnit])
      const units = typed.length <= SHORT ? typed.map(unit => corrected(unit, withUnit)) : typed, terms = [...new Set(units.flatMap(unit => unit.terms.map(([term]) => term)))]
      const strong = hits(store.strong, terms, FIELDS), bodies = hits(store.body, terms, ["text"])
      const judged = weighed(units, counted(strong), counted(bodies), store.body ? store.body.documentCount : 1), views = windows(judged)
      const top = Math.max(...strong.map(hit => hit.score), 1e-9)
      const likely = strong.map(hit => ({ hit, terms: new Set(hit.queryTerms) })).map(one => ({ ...one, ...cover(judged, one.terms) }))
      likely.sort((a, b) => b.evidence - a.evidence || b.hit.score - a.hit.score)
      const pages = [...new Set([...likely.map(one => one.hit.id >> 1).slice(0, store.candidates), ...bodies.slice(0, store.candidates).map(hit => hit.id)])]
      const records = new Map(await Promise.all(pages.map(async page => [page, await store.record(page)])))
      const byPage = new Map()
      for (const one of likely) if (records.has(one.hit.id >> 1)) keep(byPage, strongMatch(one, records, views, top))
      const close = judged.length <= SHORT ? await Promise.all(bodies.slice(0, MOST).map(hit => bodyMatch(hit, strong, records, judged, bodies[0].score))) : []
      close.forEach(match => keep(byPage, match))
      const ranked = [...byPage.values()].sort((a, b) => b.score - a.score || a.page - b.page)
      const enough = ranked.length ? ranked[0].score * WEAKER : 0
      return ranked.filter(match => match.score >= enough).slice(0, MOST).map(match => ({ ...match, words: words(text, judged, match.terms) }))
    }

    function strongMatch({ hit, terms, covered }, records, views, top) {
      const page = hit.id >> 1, side = hit.id & 1 ? "other" : "own", record = records.get(page)
      const match = compare(record[side], views.map(window => cover(window, terms)))
      if (!good(match) || (record.kind !== "myth" && Math.min(match.covered, covered) < ENOUGH.other)) return null
      const worth = record.kind === "myth" ? 1 : 0.4
      return { ...match, page, side, record, terms, wording: match.heard >= 0.5 ? match.wording : "", score: worth * (match.score + 0.3 * hit.score / top) * (side === "other" ? 0.9 : 1) }
    }

    /** A page whose text has the words of a short query side by side, though its title and wordings do not. */
    async function bodyMatch(hit, strong, records, judged, most) {
      const page = hit.id, record = records.get(page), terms = new Set(hit.queryTerms)
      if (cover(judged, terms).covered < ENOUGH.whole || !(await together(page, judged, terms))) return null
      return { page, side: "own", record, terms, wording: "", score: (record.kind === "myth" ? 0.3 : 0.15) + 0.15 * hit.score / most }
    }

    const told = new WeakMap()
    function unitsOf(section) {
      if (!told.has(section)) told.set(section, read.units(read.normal(section[1] + "\n" + section[2])))
      return told.get(section)
    }

    /** Whether a section of a page has all of a query's units not much further apart than the query has them. */
    async function together(page, judged, terms) {
      const wanted = judged.filter(unit => credit(unit, terms)), width = NEAR + 2 * (wanted[wanted.length - 1].end - wanted[0].at)
      return (await store.sections(page)).some(section => {
        const said = unitsOf(section)
        return said.some((unit, from) => {
          const near = new Set()
          for (let at = from; at < said.length && said[at].end - unit.at <= width; at++) for (const [term] of said[at].terms) near.add(term)
          return wanted.every(one => one.terms.some(([term]) => near.has(term)))
        })
      })
    }

    function keep(byPage, match) {
      if (!match) return
      const known = byPage.get(match.page)
      if (!known || (match.side === known.side ? match.score > known.score : match.side === "own")) byPage.set(match.page, match) // the reader's language first
    }

    /** The section of a page that says most of what was asked, with the place where it does: { id, heading, text, at }. */
    function section(sections, terms) {
      let best = null, most = 1
      for (const part of sections) {
        const [id, heading, text] = part, found = new Map()
        for (const unit of unitsOf(part)) for (const [term] of unit.terms) if (terms.has(term) && !found.has(term)) found.set(term, unit.at)
        const worth = [...found.keys()].reduce((sum, term) => sum + rarity(store.df(term) || 1, store.count), 0) / Math.log(60 + text.length)
        if (found.size > 1 && worth * 100 > most) { most = worth * 100; best = { id, heading, text, at: Math.min(...found.values()) - heading.length - 1 } }
      }
      return best
    }

    return { rank, section }
  }

  root.ranking = Object.assign(ranking, { options, piece, strongDocuments, bodyDocument, FIELDS })
})(globalThis)
