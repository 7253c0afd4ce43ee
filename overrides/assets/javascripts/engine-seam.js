/* window.searchWorker(): what answers queries (search-worker.js). From a host it is a worker. A page opened from a file may
   start none and fetch nothing: there the same script runs in the page, at the other end of a channel, and reads the index
   from scripts (scripts/finish/archive.py). Either takes postMessage and gives onmessage. */
(() => {
  const base = new URL(site.base, location)
  const address = new URL("assets/javascripts/search-worker.js", base)
  if (location.protocol !== "file:") {
    window.searchWorker = () => new Worker(address)
    return
  }
  window.searchPorts = []
  window.indexed = {}
  window.loadFile = file => new Promise((resolve, reject) => {
    const script = document.createElement("script")
    Object.assign(script, { src: file, onload: resolve, onerror: reject })
    document.head.append(script)
  })
  window.askFile = async file => {
    await loadFile(file + ".js")
    return { ok: true, json: () => indexed[file] }
  }
  window.searchWorker = () => {
    const { port1, port2 } = new MessageChannel()
    searchPorts.push(port2)
    loadFile(address)
    return port1
  }
})()
