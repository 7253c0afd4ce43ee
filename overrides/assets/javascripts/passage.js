/* A selected passage gets a button that copies a link to it: the page, its section and a text fragment
   (https://wicg.github.io/scroll-to-text-fragment/), by which browsers show the passage. Those that know no text fragments
   go to the section. */
(() => {
  const { article, words } = copying
  const LONGEST = 300 // letters, percent-encoded, of a passage that is named whole; of a longer one its ends are
  const CONTEXTS = [0, 8, 16, 32, 64, 128] // letters around a passage, until it is the only one
  const ENDS = 12 // letters of either end, and as many more as around it
  const LINES = 8 // around a passage, until it is the only one
  const LEFT_OUT = "script, style, noscript, template, svg, button, input, select, textarea, .headerlink, .copying"
  const WALL = "\0" // on a line of its own, stands for what browsers see and a passage is not told by
  const UNUSUAL = /[^\x00-\x7f\u3000-\u303f\u4e00-\u9fff]/g
  let segmenter = null // made when it is wanted: it reads a dictionary, which holds a slow phone up for a fifth of a second

  if (location.hash.includes(":~:")) location.replace(location.hash.split(":~:")[0])

  /* What the page says as one text, blanks as they are shown, a line for each block; and where in it the range stands. */
  function read(range) {
    let pieces = [], length = 0, last = "\n", from, to
    const add = said => {
      pieces.push(said)
      length += said.length
      last = said.at(-1) || last
    }
    const collapsed = said => said.replace(/[ \t\r\n\f]+/g, " ").slice(/^[ \t\r\n\f]/.test(said) && /\s/.test(last) ? 1 : 0)
    const take = (node, kept) => {
      const all = node.data, inside = range.intersectsNode(node) && article.contains(node)
      const start = !inside ? all.length : node === range.startContainer ? range.startOffset : 0
      const end = inside && node === range.endContainer ? range.endOffset : all.length
      for (const [index, said] of [all.slice(0, start), all.slice(start, end), all.slice(end)].entries()) {
        if (index === 1 && said.trim()) from ??= length
        add(kept ? said : collapsed(said))
        if (index === 1 && said.trim()) to = length
      }
    }
    const walk = (element, kept) => element.childNodes.forEach(node => {
      if (node.nodeType === Node.TEXT_NODE) return take(node, kept)
      if (node.nodeType !== Node.ELEMENT_NODE || node.matches(".passage")) return
      if (node.matches(LEFT_OUT)) return add(`\n${WALL}\n`)
      const style = getComputedStyle(node), block = !/^(inline|contents|ruby)/.test(style.display)
      if (style.display === "none" && article.contains(node)) return
      if (block || node.matches("br")) add("\n")
      walk(node, style.whiteSpace.startsWith("pre"))
      if (block) add(node.matches("summary") ? `\n${WALL}\n` : "\n")
    })
    walk(document.body)
    const text = pieces.join("")
    while (/\s/.test(text[from])) from++
    while (/\s/.test(text[to - 1])) to--
    return { text, from, to }
  }

  /* Places between words of the line in which `at` stands. */
  function cuts(text, at) {
    const start = text.lastIndexOf("\n", at - 1) + 1, end = text.indexOf("\n", at)
    const line = text.slice(start, end < 0 ? undefined : end)
    segmenter ||= new Intl.Segmenter(document.documentElement.lang, { granularity: "word" })
    return [...Array.from(segmenter.segment(line), ({ index }) => start + index), start + line.length]
  }
  const before = (text, at, most) => cuts(text, at).filter((cut, index) => !index || cut <= most).pop()
  const after = (text, at, least) => cuts(text, at).find((cut, index, all) => cut >= least || index === all.length - 1)

  /* The words next to a passage, or nothing. */
  function prefix(text, from, size) {
    const end = text.slice(0, from).trimEnd().length
    return size && text[end - 1] !== WALL ? text.slice(before(text, end, end - size), end).trim() : ""
  }
  function suffix(text, to, size) {
    const start = text.length - text.slice(to).trimStart().length
    return size && text[start] !== WALL ? text.slice(start, after(text, start, start + size)).trim() : ""
  }

  /* The first passage that a browser finds, as browsers look for it: from and to. */
  function first(text, [lead, start, end, tail]) {
    const follows = at => !tail || text.slice(at, at + tail.length + 99).trimStart().startsWith(tail)
    for (let at = text.indexOf(start); at >= 0; at = text.indexOf(start, at + 1)) {
      if (lead && !text.slice(Math.max(0, at - lead.length - 99), at).trimEnd().endsWith(lead)) continue
      const close = at + start.length
      if (!end && follows(close)) return [at, close]
      for (let last = end ? text.indexOf(end, close) : -1; last >= 0; last = text.indexOf(end, last + 1)) {
        if (follows(last + end.length)) return [at, last + end.length]
      }
    }
    return []
  }

  const fold = text => text.replace(UNUSUAL, letter => letter.normalize("NFKD")[0]).replace(/[A-Z]+/g, letters => letters.toLowerCase())
  const encode = text => encodeURIComponent(text).replace(/-/g, "%2D")

  /* The start and end of a passage, in whole words; a short one whole. */
  function ends(text, from, to, size) {
    const said = text.slice(from, to), half = Math.floor(said.length / 2), most = Math.min(size, half)
    if (!said.includes("\n") && encode(said).length <= LONGEST) return [said, ""]
    const stop = Math.min(after(text, from, from + most), to), start = Math.max(before(text, to, to - most), from)
    return said.includes("\n") || stop <= start ? [text.slice(from, stop).trim(), text.slice(start, to).trim()] : [said, ""]
  }

  /* What to write of the passage so that a browser finds it and nothing before it; nothing if that is too little. */
  function parts(text, folded, from, to) {
    const sides = text[from - 1] === "\n" ? [[0, 1], [1, 0], [1, 1]] : [[1, 0], [0, 1], [1, 1]]
    for (const size of CONTEXTS) {
      for (const [lead, tail] of size ? sides : [[0, 0]]) {
        const said = [prefix(text, from, lead * size), ...ends(text, from, to, ENDS + size), suffix(text, to, tail * size)]
        if (first(folded, said.map(fold)).join() === [from, to].join()) return said
      }
    }
    return null
  }

  /* The text fragment of a range. Words that stand in several places with the same around them take the lines around
     them along, as the other cells of their row. A heading needs none: it is a section. */
  function directive(range) {
    const heading = range.startContainer.parentElement.closest("h1, h2, h3, h4")
    if (heading && heading.contains(range.endContainer)) return ""
    const { text, from, to } = read(range), folded = fold(text), starts = [before(text, from, from)], stops = [after(text, to, to)]
    for (let count = 0; count < LINES; count++) {
      for (const [start, stop] of count ? [[starts.at(-1), stops[0]], [starts[0], stops.at(-1)], [starts.at(-1), stops.at(-1)]] : [[starts[0], stops[0]]]) {
        const said = parts(text, folded, start, stop)
        if (said) return written(said)
      }
      starts.push(before(text, text.slice(0, starts.at(-1)).replace(/[\s\0]+$/, "").length, 0))
      stops.push(after(text, stops.at(-1) + /^[\s\0]*/.exec(text.slice(stops.at(-1)))[0].length, Infinity))
    }
    return ""
  }
  const written = ([lead, start, end, tail]) => `:~:text=${[lead && `${encode(lead)}-`, encode(start), encode(end), tail && `-${encode(tail)}`].filter(Boolean).join(",")}`

  const button = document.createElement("button")
  let range, held = false, due = false
  button.type = "button"
  button.className = "passage"

  /* What is selected of the article, if that is more than signs. */
  function selected() {
    const selection = getSelection()
    if (!selection.rangeCount || selection.isCollapsed) return null
    const chosen = selection.getRangeAt(0).cloneRange()
    if (!article.contains(chosen.startContainer)) return null
    if (!article.contains(chosen.endContainer)) chosen.setEnd(article, article.childNodes.length)
    return /[\p{L}\p{N}]/u.test(chosen.toString()) ? chosen : null
  }

  /* The last piece of text of the range that is seen; none of a range without one. */
  function tail() {
    const root = range.commonAncestorContainer, walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT), piece = document.createRange()
    for (let node = root.nodeType === Node.TEXT_NODE ? root : walker.nextNode(); node; node = walker.nextNode()) {
      if (!range.intersectsNode(node) || !node.parentElement.checkVisibility() || node.parentElement.matches(".passage")) continue
      const start = node === range.startContainer ? range.startOffset : 0, end = node === range.endContainer ? range.endOffset : node.length
      if (!node.data.slice(start, end).trim()) continue
      piece.setStart(node, start)
      piece.setEnd(node, end)
    }
    return piece.collapsed ? null : piece
  }

  /* Puts the button below the end of the passage, and next to it in the order of the keyboard. */
  function place() {
    due = false
    const chosen = held ? range : selected()
    if (chosen && range && button.isConnected && ["START_TO_START", "END_TO_END"].every(way => !chosen.compareBoundaryPoints(Range[way], range))) return
    range = chosen
    button.remove()
    const piece = range && !held && tail()
    if (!piece) return
    const room = parseFloat(getComputedStyle(button).fontSize) || 16
    const block = piece.endContainer.parentElement.closest("p, li, td, th, dd, h1, h2, h3, h4, figcaption, summary, pre, div")
    button.textContent = words.passage
    button.style.left = button.style.top = 0
    block.append(button)
    const own = button.getBoundingClientRect(), last = Array.from(piece.getClientRects()).pop(), gap = matchMedia("(pointer: coarse)").matches ? 2 * room : room / 2
    button.style.left = `${Math.max(8, Math.min(last.right - own.width / 2, document.documentElement.clientWidth - own.width - 8)) - own.left}px`
    button.style.top = `${last.bottom + gap - own.top}px`
  }
  const soon = () => { if (!due) due = requestAnimationFrame(place) }

  button.addEventListener("mousedown", event => event.preventDefault()) // or the selection goes
  button.addEventListener("click", async () => {
    const id = copying.section(range.startContainer)
    if (await copying.copy(copying.address(id) + (id ? "" : "#") + directive(range), words.copied.replace("{name}", words.passageLink))) button.textContent = words.done
  })
  document.addEventListener("selectionchange", soon)
  soon() // something may be selected before this script has come
  addEventListener("pointerdown", event => {
    held = true
    if (event.target !== button) button.remove()
  })
  for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => {
    held = false
    setTimeout(place)
  })
  addEventListener("keydown", event => { if (event.key === "Escape") button.remove() })
})()
