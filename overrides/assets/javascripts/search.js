/* Wakes the search when a reader means to search, and says what it lacks. Before Material's bundle. */
(() => {
  const Theirs = Worker, box = document.forms.search.query, failed = document.querySelector(".search-failed"), none = failed.previousElementSibling
  let worker
  Worker = function (url) {
    const made = new Theirs(url)
    if (!worker) (worker = made).addEventListener("message", ({ data: { type, data } }) => {
      if (type === 3) none.hidden = data.items.length || !box.value.trim()
      if (type === 4) failed.hidden = data
    })
    return made
  }
  const wake = ({ target }) => { if (target.closest?.(".md-search,[for=__search]")) worker.postMessage({ type: 4 }) }
  addEventListener("pointerover", wake)
  addEventListener("focusin", wake)
  // pasted text has no keyup
  box.oninput = () => box.dispatchEvent(new Event("keyup"))
  failed.lastElementChild.onclick = () => worker.postMessage({ type: 2, data: box.value })
})()
