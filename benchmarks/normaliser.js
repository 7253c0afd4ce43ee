/* The best that can be done for Material's own search from outside: queries in the spelling of its index. */
(() => {
  const post = Worker.prototype.postMessage
  const plain = query => query.normalize("NFKC").replace(/(\p{sc=Han})(?=[^\p{sc=Han}\s])/gu, "$1 ").replace(/([^\p{sc=Han}\s])(?=\p{sc=Han})/gu, "$1 ")
  Worker.prototype.postMessage = function (message) {
    return post.call(this, message && message.type === 2 ? { ...message, data: plain(message.data) } : message)
  }
})()
