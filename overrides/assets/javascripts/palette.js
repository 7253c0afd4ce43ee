/* Material checks neither of its radio buttons for light and dark; in dark the keyboard then lands on the hidden one. */
addEventListener("load", function () {
  document.querySelectorAll("input.md-option").forEach(function (input) {
    if (input.nextElementSibling && !input.nextElementSibling.hidden) input.checked = true
  })
})
