/* The frame of the page: light and dark, the menu and the contents where they are popovers, and the section being read.
   Before it, what the other scripts share, and the start of those that serve who has read. */
const site = JSON.parse(document.getElementById("__config").textContent) // partials/config.html
const idle = window.requestIdleCallback || (work => setTimeout(work, 200)) // when there is nothing else to do

addEventListener("load", () => idle(() => {
  for (const script of document.querySelectorAll("script[data-src]")) {
    script.async = false // one after another
    script.src = script.dataset.src
  }
}))

/* Has the address say what a form asks for, so that it can be linked: of each field its value, unless it is empty. */
function addressed(chosen) {
  const address = new URL(location.href)
  for (const [name, value] of Object.entries(chosen)) {
    if (value) address.searchParams.set(name, value)
    else address.searchParams.delete(name)
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address)
}

(() => {
  const body = document.body, contents = document.getElementById("contents")
  const system = matchMedia("(prefers-color-scheme: dark)")

  function chosen(scheme) {
    try {
      if (scheme) localStorage.setItem("scheme", scheme)
      return localStorage.getItem("scheme")
    } catch (blocked) { return null } // it holds for this page
  }
  document.querySelector(".scheme").addEventListener("click", () => {
    body.dataset.mdColorScheme = body.dataset.mdColorScheme === "slate" ? "default" : "slate"
    chosen(body.dataset.mdColorScheme)
  })
  system.addEventListener("change", () => { if (!chosen()) body.dataset.mdColorScheme = system.matches ? "slate" : "default" })

  for (const popover of document.querySelectorAll("[popover]")) popover.addEventListener("click", event => {
    if (event.target.closest("a") && popover.matches(":popover-open")) popover.hidePopover()
  })

  /* Folds are open on paper, in browsers whose styles cannot do that too. */
  let folded = []
  addEventListener("beforeprint", () => {
    folded = Array.from(document.querySelectorAll("article details:not([open])"))
    for (const fold of folded) fold.open = true
  })
  addEventListener("afterprint", () => { for (const fold of folded) fold.open = false })

  /* Parts out of sight are as high as the styles guess until they are laid out: one at a time, when there is nothing else to
     do, so that a slow phone is not held up. */
  const waiting = Array.from(document.querySelectorAll(".part"))
  function lay() {
    if (!waiting.length) return
    waiting.shift().classList.add("laid")
    idle(lay)
  }
  idle(lay)

  /* The contents mark the section being read; the address follows, so that a copied link leads there, once what it named has
     left the screen. */
  if (!contents) return
  const links = Array.from(contents.querySelectorAll("a")), sections = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1)))).map(heading => heading.closest(".part") || heading)
  let due = false, scrolled = false
  function follow() {
    due = false
    const at = sections.findLastIndex(section => section.getBoundingClientRect().top < innerHeight / 4)
    links.forEach((link, index) => link.toggleAttribute("aria-current", index === at))
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1))), place = named && named.getBoundingClientRect()
    if (!scrolled || place && place.bottom > 0 && place.top < innerHeight) return
    const url = new URL(location.href)
    url.hash = at < 0 ? "" : links[at].hash
    if (url.href !== location.href) history.replaceState(history.state, "", url.hash || location.pathname + location.search)
  }
  const soon = () => { if (!due) due = requestAnimationFrame(follow) }
  addEventListener("scroll", () => { scrolled = true; soon() }, { passive: true })
  addEventListener("resize", soon)
  soon()
})()
