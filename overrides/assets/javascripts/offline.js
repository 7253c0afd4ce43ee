/* Lets the service worker keep this page and its language for when there is no network: when the page stands and nothing
   else is to do, and not for a reader who saves data. A page opened from a file, or in a preview, has none. */
addEventListener("load", () => {
  const { root } = JSON.parse(document.getElementById("__config").textContent), worker = navigator.serviceWorker
  if (!root || !worker || !location.protocol.startsWith("http") || (navigator.connection && navigator.connection.saveData)) return
  const also = [location.href, ...Array.from(document.images, image => image.currentSrc).filter(Boolean)]
  const ask = () => worker.controller && worker.controller.postMessage({ language: document.documentElement.lang.slice(0, 2), also })
  const register = () => worker.register(new URL(root + "sw.js", location)).then(ask, () => null) // where there is none, the site works all the same
  worker.addEventListener("controllerchange", ask)
  if (window.requestIdleCallback) requestIdleCallback(register)
  else setTimeout(register, 2000)
})
