/* On a narrow screen a table of four or more columns becomes a list of records (site.css): each cell shows its
   column's heading, and the roles say what the changed layout no longer does. Without this script it scrolls. */
document.querySelectorAll("article table").forEach(function (table) {
  var heads = Array.from(table.querySelectorAll("thead th"), function (head) { return head.textContent })
  if (heads.length < 4) return
  table.dataset.records = heads.length
  table.setAttribute("role", "table")
  table.querySelectorAll("tbody").forEach(function (body) { body.setAttribute("role", "rowgroup") })
  table.querySelectorAll("tr").forEach(function (row) { row.setAttribute("role", "row") })
  table.querySelectorAll("td").forEach(function (cell) {
    cell.setAttribute("role", "cell")
    cell.dataset.label = heads[cell.cellIndex]
  })
})
