/* Lets the service worker keep pages for when there is no network: when nothing else is to do, and not for a reader who
   saves data. Of a first visit this page and the home page; of one who reads on, the whole language, unless
   the network is slow. A page opened from a file, or in a preview, has none. */
(() => {
  const { base, root } = site, worker = navigator.serviceWorker, net = navigator.connection || {}
  if (!root || !worker || !location.protocol.startsWith("http") || net.saveData) return
  const on = worker && worker.controller && !/[23]g/.test(net.effectiveType)
  const also = [location.href, new URL(base, location).href, ...Array.from(document.images, image => image.currentSrc).filter(Boolean)]
  const ask = () => worker.controller && worker.controller.postMessage({ language: on && document.documentElement.lang.slice(0, 2), also })
  const register = () => worker.register(new URL(root + "sw.js", location)).then(ask, () => null) // where there is none, the site works all the same
  worker.addEventListener("controllerchange", ask)
  idle(register)
})()
