/* The link to the other language leads to the section being read: both languages have the same section ids.
   The 404 page has no counterpart section, and its link no fragment. Whoever takes it has chosen a language, and short
   addresses (short.js) go by that. */
(function () {
  var link = document.querySelector("a.language")
  function follow() {
    var row = document.querySelector("td[id]:target, p[id]:target"), top = row && row.getBoundingClientRect().top
    link.hash = row && top >= 0 && top < innerHeight ? row.id : location.hash
  }
  function choose() {
    try { localStorage.setItem("language", link.hreflang.slice(0, 2)) } catch (blocked) { return } // the link works all the same
  }
  if (link) link.addEventListener("click", choose)
  if (link) ["pointerdown", "focus", "click"].forEach(function (type) { link.addEventListener(type, follow) })
})()
