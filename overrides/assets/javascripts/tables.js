/* On a narrow screen a table of four or more columns becomes a list of records (site.css): each cell shows its column's
   heading, and the roles say what the changed layout no longer does. */
function narrowing(table) {
  var heads = Array.from(table.querySelectorAll("thead th"), function (head) { return head.textContent })
  if (heads.length < 4) return
  heads.forEach(function (head, index) { table.style.setProperty("--column-" + (index + 1), JSON.stringify(head)) })
  var narrow = matchMedia("(max-width: 44.984375em)")
  function roles() {
    if (!narrow.matches || table.hasAttribute("role")) return
    table.setAttribute("role", "table")
    table.querySelectorAll("tbody").forEach(function (body) { body.setAttribute("role", "rowgroup") })
    table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row") })
    table.querySelectorAll("td").forEach(function (cell) { cell.setAttribute("role", "cell") })
  }
  narrow.addEventListener("change", roles)
  roles()
}
document.querySelectorAll("article table").forEach(narrowing)
