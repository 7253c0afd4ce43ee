/* The pages of the registers. The first page of each finds a fact or source by its id alone; that of facts and figures brings
   all into one table. A table of facts is filtered and sorted, and the sums are worked out again. What needs this script is
   hidden until it runs. What the reader chose stands in the address, so that it can be linked. */
(function () {
  var form = document.querySelector("form.filter"), gather = document.querySelector(".gather")
  var listed = Array.from(document.querySelectorAll("#myths + ul a"))

  /* A page of the register, its links made such that they lead there from here. */
  function read(link) {
    return fetch(link.href).then(function (answer) {
      if (!answer.ok) throw new Error(answer.status)
      return answer.text()
    }).then(function (text) {
      var page = new DOMParser().parseFromString(text, "text/html")
      page.querySelectorAll("article a[href]").forEach(function (a) { a.href = new URL(a.getAttribute("href"), link.href) })
      return page
    })
  }

  /* Leads on to the page that has what the address names and this one lacks; where they cannot be read, the list stays. */
  async function lead(id) {
    for (var link of listed) {
      if ((await read(link)).getElementById(id)) return location.replace(link.href + "#" + id)
    }
  }
  if (listed.length && location.hash && !document.getElementById(location.hash.slice(1))) lead(location.hash.slice(1)).catch(console.info)

  /* The table of the first page that has one, with the rows of all and of this page; a fact of several pages stands once. */
  function gathered(pages) {
    var tables = pages.map(function (page) { return page.querySelector("#register ~ table") })
    var table = document.importNode(tables[0], true), known = new Set()
    var rows = tables.flatMap(function (one) { return Array.from(one.tBodies[0].rows) })
    var own = document.querySelector("#left ~ table")
    if (own) rows.push(...own.tBodies[0].rows)
    table.tBodies[0].replaceChildren(...rows.filter(function (row) {
      var id = row.cells[0].id
      return !known.has(id) && known.add(id)
    }))
    document.querySelectorAll("#left, #left ~ table").forEach(function (part) { part.remove() })
    form.after(table)
    narrowing(table)
    return table
  }

  if (gather) {
    var button = gather.querySelector("button"), told = gather.querySelector("output")
    gather.hidden = false
    button.addEventListener("click", function () {
      button.disabled = true
      told.value = ""
      Promise.all(listed.map(read)).then(gathered).then(function (table) {
        gather.remove()
        work(table)
      }).catch(function () {
        button.disabled = false
        told.value = gather.dataset.failed
      })
    })
    if (Array.from(form.elements).some(function (field) { return field.name && new URL(location.href).searchParams.has(field.name) })) button.click()
  } else if (form) work(document.querySelector("form.filter ~ table"))

  function work(table) {
    var count = form.querySelector("output")
    var heads = Array.from(table.tHead.rows[0].cells)
    var rows = Array.from(table.tBodies[0].rows), shownOrder = rows
    var collator = null

    function matches(row, chosen) {
      var marks = row.cells[0].dataset
      return (
        (!chosen.myth || marks.myths.split(" ").includes(chosen.myth)) &&
        ["kind", "grade", "year"].every(function (name) { return !chosen[name] || marks[name] === chosen[name] }) &&
        (!chosen.text.trim() || row.textContent.toLowerCase().includes(chosen.text.trim().toLowerCase()))
      )
    }

    function key(row, column) {
      var cell = row.cells[column]
      return cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort
    }

    /* An order is a column's number, with a minus when it falls, or nothing. A row without a value stands last. */
    function sorted(order) {
      var column = parseInt(order, 10), falling = order.endsWith("-")
      heads.forEach(function (head, index) {
        if (index === column) head.setAttribute("aria-sort", falling ? "descending" : "ascending")
        else head.removeAttribute("aria-sort")
      })
      if (!order) return rows
      collator = collator || new Intl.Collator(document.documentElement.lang)
      return rows.map(function (row) { return [key(row, column), row] }).sort(function (a, b) {
        return !a[0] - !b[0] || collator.compare(a[0], b[0]) * (falling ? -1 : 1)
      }).map(function (pair) { return pair[1] })
    }

    function show() {
      var chosen = Object.fromEntries(new FormData(form))
      rows.forEach(function (row) { row.hidden = !matches(row, chosen) })
      var order = sorted(chosen.sort)
      if (order !== shownOrder) table.tBodies[0].append(...order)
      shownOrder = order
      count.value = count.dataset.count
        .replace("{shown}", rows.filter(function (row) { return !row.hidden }).length)
        .replace("{all}", rows.length)
      addressed(chosen)
    }

    Array.from(form.sort.options).filter(function (option) { return option.value.endsWith("-") }).forEach(function (option) {
      var column = option.value.slice(0, -1), button = document.createElement("button")
      button.append(...heads[column].childNodes)
      heads[column].append(button)
      button.addEventListener("click", function () {
        form.sort.value = form.sort.value === column ? option.value : column
        show()
      })
    })

    /* What the address asks for. A fact that it leads to is shown, whatever else it asks for. */
    function take() {
      var asked = new URL(location.href).searchParams
      Array.from(form.elements).forEach(function (field) {
        var wanted = asked.get(field.name) || ""
        if (field.name && (!field.options || Array.from(field.options).some(function (option) { return option.value === wanted }))) field.value = wanted
      })
      show()
      var cell = document.getElementById(location.hash.slice(1)), row = cell && cell.closest("tr[hidden]")
      if (!row) return
      form.reset()
      setTimeout(function () { row.scrollIntoView() })
    }

    form.hidden = false
    form.addEventListener("input", show)
    form.addEventListener("submit", function (event) { event.preventDefault() })
    form.addEventListener("reset", function () { setTimeout(show) })
    addEventListener("popstate", take)
    take()
  }

  var join = {
    "+": function (a, b) { return a + b },
    "-": function (a, b) { return a - b },
    "*": function (a, b) { return a * b },
    "/": function (a, b) { return a / b }
  }
  document.querySelectorAll("form.sum").forEach(function (sum) {
    function work() {
      var left = []
      sum.dataset.formula.split(" ").forEach(function (part) {
        if (join[part]) left.push(join[part](...left.splice(-2)))
        else left.push(sum.elements.namedItem(part) ? sum.elements.namedItem(part).valueAsNumber : Number(part))
      })
      var text = Number.isFinite(left[0]) ? left[0].toLocaleString(document.documentElement.lang, { maximumFractionDigits: 2 }) : "—"
      sum.querySelector("output").value = text + (sum.dataset.unit === "%" ? "" : " ") + sum.dataset.unit
    }
    sum.hidden = false
    sum.addEventListener("input", work)
    sum.addEventListener("submit", function (event) { event.preventDefault() })
    sum.addEventListener("reset", function () { setTimeout(work) })
    work()
  })
})()
