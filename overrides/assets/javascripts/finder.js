/* What a reader types or pastes finds pages: in the search, on the page to check a message, on the home page. The worker and
   its index are fetched when a reader first turns to one of these, and nothing of what is typed leaves the browser. */
const finders = (() => {
  const base = new URL(site.base, location)
  const ENTER_AFTER_LINES = "TEXTAREA" // in which Enter is a new line

  function shown([page, section]) {
    const item = document.createElement("li")
    for (const { location, title, text } of section ? [page, section] : [page]) {
      const link = item.appendChild(document.createElement("a")) // the worker has escaped what it quotes
      link.href = new URL(location, base)
      link.innerHTML = title
      if (text) item.appendChild(document.createElement("p")).innerHTML = text
    }
    return item
  }

  function dress(form) {
    const box = form.elements.q, count = document.createElement("p"), again = document.createElement("button"), list = document.createElement("ol")
    let worker
    count.className = "finder-count"
    count.setAttribute("role", "status")
    again.type = "button"
    again.className = "finder-again"
    again.textContent = site.again
    again.hidden = true
    list.className = "finder-list"
    form.append(count, again, list)

    function wake() {
      if (worker) return worker
      worker = searchWorker()
      worker.onmessage = ({ data }) => tell(data)
      return worker
    }
    function tell({ query, items, failed }) {
      again.hidden = !failed
      if (failed) count.textContent = site.failed
      if (failed || query !== box.value) return
      list.replaceChildren(...items.map(shown))
      count.innerHTML = !query.trim() ? "" : items.length ? (items.length === 1 ? site.one : site.other).replace("#", items.length) : site.none
    }
    const ask = () => wake().postMessage({ query: box.value })
    const links = () => Array.from(list.querySelectorAll("a"))
    const step = by => {
      const all = [box, ...links()], at = all.indexOf(document.activeElement)
      if (at + by >= 0) all[Math.min(at + by, all.length - 1)].focus()
    }

    box.addEventListener("focus", () => wake().postMessage({ wake: true }))
    box.addEventListener("input", ask)
    again.addEventListener("click", ask)
    form.addEventListener("submit", event => {
      event.preventDefault()
      const first = links()[0]
      if (first) first.click()
    })
    form.addEventListener("keydown", event => {
      const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (!by || event.target === box && box.tagName === ENTER_AFTER_LINES) return
      event.preventDefault()
      step(by)
    })
    form.hidden = false
    if (box.value) ask() // a browser keeps what was typed when a reader comes back
    return { box, ask }
  }

  return new Map(Array.from(document.querySelectorAll("form.finder"), form => [form, dress(form)]))
})();

/* The search is a dialog, opened by its button, by Ctrl+K or ⌘K, and by an address that asks something: ?q=… */
(() => {
  const dialog = document.querySelector("dialog.search"), { box, ask } = finders.get(dialog.querySelector("form"))
  const open = () => {
    if (!dialog.open) dialog.showModal()
    box.focus()
    box.select()
  }
  document.querySelector(".search-open").addEventListener("click", open)
  document.querySelector(".search-close").addEventListener("click", () => dialog.close())
  box.addEventListener("keydown", event => { // or the first Escape empties the box
    if (event.key !== "Escape") return
    event.preventDefault()
    dialog.close()
  })
  dialog.addEventListener("click", event => { if (event.target === dialog || event.target.closest(".finder-list a, .finder-count a")) dialog.close() })
  addEventListener("keydown", event => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
    event.preventDefault()
    open()
  })
  const asked = new URLSearchParams(location.search).get("q")
  if (!asked) return
  box.value = asked
  open()
  ask()
})()
