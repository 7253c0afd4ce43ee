/* Tells the reader when the day has passed by which the page was to be re-checked. */
document.querySelectorAll("[data-recheck]").forEach(function (note) {
  note.hidden = new Date().toISOString().slice(0, 10) <= note.dataset.recheck
})
