/* Texts and links to take along. A text (`.copyable`) gets a button; a link to a section or a fact leads there, and is copied
   on the way. What was copied is said in words, which screen readers speak too. */
const copying = (() => {
  const words = site, article = document.querySelector("article"), status = document.createElement("p")
  const WHILE = 6000 // milliseconds that a message stays
  let later, over = () => {}
  status.className = "copying"
  status.setAttribute("role", "status")
  document.body.append(status)

  /* Says it, until something else is said or its time is over; `ended` then undoes what went with it. */
  function say(text, ended = () => {}, lasting = WHILE) {
    clearTimeout(later)
    over()
    over = ended
    status.replaceChildren(text)
    if (lasting) later = setTimeout(() => say(""), lasting)
  }

  /* For pages that are not served securely, where browsers have no clipboard for scripts. */
  function byCommand(text) {
    const box = document.createElement("textarea"), focused = document.activeElement
    box.value = text
    box.readOnly = true
    box.className = "copying-box"
    document.body.append(box)
    box.select()
    const done = document.execCommand("copy")
    box.remove()
    if (focused) focused.focus({ preventScroll: true })
    return done
  }

  /* What cannot be copied is selected where it stands, or else shown and selected. */
  function failed(text, source) {
    say(source ? words.refused : words.shown, undefined, source ? WHILE : 0)
    if (!source) {
      source = status.appendChild(document.createElement("span"))
      source.textContent = text
    }
    getSelection().selectAllChildren(source)
    return false
  }

  /* Copies a text, says so, and tells whether it did. */
  async function copy(text, said, source, ended) {
    try { await navigator.clipboard.writeText(text) } catch (refused) { if (!byCommand(text)) return failed(text, source) }
    say(said, ended)
    return true
  }

  function dress(block) {
    const code = block.querySelector("pre code"), button = document.createElement("button")
    button.type = "button"
    button.textContent = words.copy
    button.setAttribute("aria-label", block.dataset.copy)
    button.addEventListener("click", async () => {
      if (await copy(code.textContent.replace(/\n$/, ""), block.dataset.copied, code, () => { button.textContent = words.copy })) button.textContent = words.done
    })
    block.querySelector("pre").before(button)
  }

  /* The address of a section of this page, without what a reader has searched or filtered for. */
  function address(id) {
    const url = new URL(location.href)
    url.search = ""
    url.hash = id
    return url.href
  }

  /* The id of the row or entry in which a node stands, else of the section. */
  function section(node) {
    const row = (node.closest ? node : node.parentElement).closest("tr, p[id], li[id]"), cell = row && row.querySelector("td[id]")
    if (row && article.contains(row) && (cell || row).id) return (cell || row).id
    const above = Array.from(article.querySelectorAll(":is(h1, h2, h3, h4)[id]")).filter(heading => heading === node || heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)
    return above.length ? above.pop().id : ""
  }

  document.addEventListener("click", event => {
    const link = event.target.closest("a.headerlink, a.permalink")
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) copy(address(link.hash), words.copied.replace("{name}", link.title))
  })
  document.querySelectorAll(".copyable").forEach(dress)
  return { copy, address, section, article, words }
})()
