/* Answers queries in a worker, or in a page that may start none (engine-seam.js); see scripts/browser/engine.js. Fetches
   nothing unasked. Takes {wake} and {query}, gives {query, items}, or {query, failed} when the index did not come. */
(() => {
  const port = self.searchPorts ? searchPorts.shift() : self, base = new URL("../../search/", self.document ? document.currentScript.src : location)
  const ask = self.askFile || fetch, load = self.loadFile || importScripts
  let site, asked

  const open = () => (site = site || Promise.resolve().then(async () => {
    const core = ask(new URL("core.json", base))
    core.catch(() => {})
    if (!self.engine) await load(new URL("engine.js", base))
    return engine.open(base, core)
  }))

  async function reply(query) {
    try {
      const opened = await open(), items = await engine.answer(query, opened)
      if (query !== asked) return
      port.postMessage({ query, items })
      if (await opened.store.later) reply(query)
    } catch {
      site = null
      port.postMessage({ query, failed: true })
    }
  }

  port.onmessage = ({ data: { query = "" } }) => {
    asked = query
    if (query.trim()) return reply(query)
    port.postMessage({ query, items: [] })
    open().catch(() => (site = null))
  }
})()
