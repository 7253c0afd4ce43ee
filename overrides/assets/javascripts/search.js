/* Before Material's bundle, which makes the worker: wakes it when a reader means to search, tells when it has no index. */
(() => {
  const Theirs = Worker, box = document.forms.search.query, failed = document.querySelector(".search-failed")
  let worker
  Worker = function (url) {
    const made = new Theirs(url)
    if (!worker) (worker = made).addEventListener("message", ({ data }) => { if (data.type === 4) failed.hidden = data.data })
    return made
  }
  const wake = ({ target }) => { if (target.closest?.(".md-search,[for=__search]")) worker.postMessage({ type: 4 }) }
  addEventListener("pointerover", wake)
  addEventListener("focusin", wake)
  // Material listens to keyup alone; pasted and dictated text comes without one.
  box.oninput = () => box.dispatchEvent(new Event("keyup"))
  failed.lastElementChild.onclick = () => worker.postMessage({ type: 2, data: box.value })
})()
