/* The link to the other language leads to the section being read: both languages have the same section ids.
   The 404 page has no counterpart section, and its link no fragment. */
(function () {
  var link = document.querySelector("a.language")
  function follow() {
    var row = document.querySelector("td:target, p:target"), top = row && row.getBoundingClientRect().top
    link.hash = row && top >= 0 && top < innerHeight ? row.id : location.hash
  }
  if (link) ["pointerdown", "focus", "click"].forEach(function (type) { link.addEventListener(type, follow) })
})()
