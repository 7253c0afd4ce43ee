/* Answers queries in a worker; see scripts/browser/engine.js. Fetches nothing unasked. Takes {wake} and {query}, gives
   {query, items}, or {query, failed} when the index did not come. */
let site, asked

const open = () => (site = site || Promise.resolve().then(() => {
  const base = new URL("../../search/", location), core = fetch(new URL("core.json", base))
  core.catch(() => {})
  if (!self.engine) importScripts(new URL("engine.js", base))
  return engine.open(base, core)
}))

async function reply(query) {
  try {
    const opened = await open(), items = await engine.answer(query, opened)
    if (query !== asked) return
    postMessage({ query, items })
    if (await opened.store.later) reply(query)
  } catch {
    site = null
    postMessage({ query, failed: true })
  }
}

onmessage = ({ data: { query = "" } }) => {
  asked = query
  if (query.trim()) return reply(query)
  postMessage({ query, items: [] })
  open().catch(() => (site = null))
}
