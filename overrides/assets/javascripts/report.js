/* The link to report a mistake takes along the section that the reader means: the one in which something was selected, or to
   which the address led. The one in view would be the last: there the link stands. What such a link brings to the page about
   corrections becomes a text to copy. */
(() => {
  const link = document.querySelector("a.report"), { article, section } = copying, form = document.querySelector(".report-text")
  if (!link) return // the page that is not there
  let meant = location.hash

  function mean() {
    const { isCollapsed, anchorNode } = getSelection()
    if (!isCollapsed && article.contains(anchorNode)) meant = section(anchorNode)
  }
  document.addEventListener("selectionchange", mean)
  mean() // something may be selected before this script has come
  addEventListener("hashchange", () => { meant = location.hash })
  const fill = () => { link.href = link.dataset.address.replaceAll("{section}", encodeURIComponent(meant.replace("#", ""))) }
  for (const type of ["pointerdown", "focus", "click"]) link.addEventListener(type, fill)

  const given = new URLSearchParams(location.search)
  if (!form || !given.get("page")) return
  const code = form.querySelector("code")
  code.textContent = code.textContent.replace(/\{(\w+)\}/g, (_, name) => given.get(name) || "")
  document.querySelector("#report ~ ol").after(form)
  form.hidden = false
})()
