/* From a short address to the page in the reader's language: the one chosen here last, else the browser's, else Chinese. */
(function () {
  var links = {}
  document.querySelectorAll("a[hreflang]").forEach(function (link) { links[link.hreflang.slice(0, 2)] = link })
  var chosen = null
  try { chosen = localStorage.getItem("language") } catch (blocked) { chosen = null } // a browser that keeps nothing has no choice to tell
  var wanted = [chosen].concat(navigator.languages).map(function (tag) { return tag && links[tag.slice(0, 2)] }).filter(Boolean)
  location.replace((wanted[0] || links.zh).href + location.hash)
})()
