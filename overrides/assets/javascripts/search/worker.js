/* Material's search worker: fetches nothing before a reader means to search. engine.js tells more. */
let site, asked

const open = () => (site = site || Promise.resolve().then(() => {
  if (!self.engine) importScripts("minisearch.js", "language.js", "ranking.js", "engine.js")
  return engine.open(new URL("../../../search/", location))
}))

async function reply(query) {
  try {
    const opened = await open(), data = await engine.answer(query, opened)
    if (query !== asked) return
    postMessage({ type: 4, data: true })
    postMessage({ type: 3, data })
    if (await opened.store.later) reply(query)
  } catch {
    site = null
    postMessage({ type: 4, data: false })
  }
}

onmessage = ({ data: { type, data } }) => {
  if (type === 0) postMessage({ type: 1 })
  if (type === 4) open().catch(() => (site = null))
  if (type === 2) {
    asked = data
    if (data.trim()) reply(data)
    else postMessage({ type: 3, data: { items: [] } })
  }
}
