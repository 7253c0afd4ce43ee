/* Makes a search query look like the index: full-width letters and digits become half-width, and a blank parts
   Chinese from other letters. Loaded before Material's bundle; message type 2 is a query to its search worker. */
// Material searches on keyup alone; pasted and dictated text comes without one.
document.addEventListener("input", function (event) {
  if (event.target.matches("[data-md-component=search-query]")) event.target.dispatchEvent(new Event("keyup"))
})
;(function () {
  var post = Worker.prototype.postMessage
  function plain(query) {
    return query.normalize("NFKC")
      .replace(/(\p{sc=Han})(?=[^\p{sc=Han}\s])/gu, "$1 ")
      .replace(/([^\p{sc=Han}\s])(?=\p{sc=Han})/gu, "$1 ")
  }
  Worker.prototype.postMessage = function (message) {
    if (message && message.type === 2 && typeof message.data === "string")
      arguments[0] = Object.assign({}, message, { data: plain(message.data) })
    return post.apply(this, arguments)
  }
})()
