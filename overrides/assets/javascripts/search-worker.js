/* Material's search worker; see scripts/browser/engine.js. Fetches nothing unasked. */
let site, asked

const open = () => (site = site || Promise.resolve().then(() => {
  const base = new URL("../../search/", location), core = fetch(new URL("core.json", base))
  core.catch(() => {})
  if (!self.engine) importScripts(new URL("engine.js", base))
  return engine.open(base, core)
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
