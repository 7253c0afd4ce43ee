/* The cards of the home page, filtered by verdict and theme. What the reader chose stands in the address, so that it can be
   linked. */
(() => {
  const form = document.querySelector("form.card-filter"), status = form.querySelector("[role=status]")
  const cards = Array.from(document.querySelectorAll(".cards > ul > li"))

  function matches(card, { verdict, theme }) {
    return (!verdict || card.querySelector(`.verdict-${verdict}`)) && (!theme || card.querySelector(`[data-theme="${theme}"]`))
  }
  function show() {
    const chosen = Object.fromEntries(new FormData(form))
    for (const card of cards) card.hidden = !matches(card, chosen)
    const shown = cards.filter(card => !card.hidden).length
    status.textContent = shown === cards.length ? "" : status.dataset.count.replace("{shown}", shown).replace("{all}", cards.length)
    addressed(chosen)
  }
  function take() {
    for (const [name, wanted] of new URL(location.href).searchParams) for (const button of form.querySelectorAll("input")) {
      if (button.name === name && button.value === wanted) button.checked = true
    }
    show()
  }

  form.hidden = false
  form.addEventListener("change", show)
  form.addEventListener("submit", event => event.preventDefault())
  take()
})()
