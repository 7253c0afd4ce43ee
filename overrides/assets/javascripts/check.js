/* The page to paste a message into: asks a search worker of its own and shows the pages that it finds. */
(() => {
  const form = document.querySelector("form.check"), box = form.querySelector("textarea"), list = form.querySelector("ol")
  const count = form.querySelector(".check-count"), again = form.querySelector("button"), said = count.dataset
  const config = JSON.parse(document.getElementById("__config").textContent), base = new URL(config.base, location)
  const worker = new Worker(new URL(config.search, location))
  const ask = () => worker.postMessage({ type: 2, data: box.value })

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

  worker.onmessage = ({ data: { type, data } }) => {
    if (type === 4) {
      again.hidden = data
      if (!data) count.textContent = said.failed
    }
    if (type !== 3) return
    list.replaceChildren(...data.items.map(shown))
    count.textContent = !box.value.trim() ? "" : data.items.length === 1 ? said.one : data.items.length ? said.other.replace("#", data.items.length) : said.none
  }
  box.addEventListener("focus", () => worker.postMessage({ type: 4 }), { once: true })
  box.addEventListener("input", ask)
  again.addEventListener("click", ask)
  form.addEventListener("submit", event => event.preventDefault())
  form.hidden = false
  if (box.value) ask() // a browser keeps what was pasted when a reader comes back
})()
