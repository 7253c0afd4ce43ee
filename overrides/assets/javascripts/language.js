/* The link to the other language leads to the section being read: both languages have the same section ids.
   The 404 page has no counterpart section, and its link no fragment. */
(function () {
  var link = document.querySelector("a.language")
  function follow() { link.hash = location.hash }
  if (link) ["pointerdown", "focus", "click"].forEach(function (type) { link.addEventListener(type, follow) })
})()
