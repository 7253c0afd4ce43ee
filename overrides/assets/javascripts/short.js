/* From a short address to the page in the reader's language: the one chosen here last, else the browser's, else Chinese;
   and from an old address to the page as it is now, in the same language. The section goes along, and the passage that a
   text fragment names: scripts see it nowhere but in the browser's own record of the navigation. */
(function () {
  var links = {}, all = document.querySelectorAll("a[hreflang]")
  all.forEach(function (link) { links[link.hreflang.slice(0, 2)] = link })
  var chosen = null
  try { chosen = localStorage.getItem("language") } catch (blocked) { chosen = null } // a browser that keeps nothing has no choice to tell
  var wanted = [chosen].concat(navigator.languages).map(function (tag) { return tag && links[tag.slice(0, 2)] }).filter(Boolean)
  var opened = performance.getEntriesByType("navigation")[0], passage = opened && opened.name.split(":~:")[1]
  location.replace((wanted[0] || links.zh || all[0]).href + (location.hash || (passage ? "#" : "")) + (passage ? ":~:" + passage : ""))
})()
