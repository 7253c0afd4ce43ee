/* The service worker: what a reader has read, and what SITE (scripts/finish/offline.py) lists, is there without a network.
   Whoever has one always gets the site as it is now, so that no old verdict is shown; only what is named by its content
   is taken from here first. One cache for each version of the lists; what a reader has read besides goes over to the next. */
const SITE = {}
const ROOT = registration.scope, HELD = `${ROOT} ${SITE.version}`, MOST = 60 // files read besides the lists
const HASHED = /\.[0-9a-f]{8}\.js$/
const DOCUMENT = /<body[^>]*>/
const at = name => new URL(name, ROOT).href
const plain = address => address.split(/[?#]/)[0]
const done = language => at("?" + language) // stands in the cache when a language's list is whole

async function keep(address) {
  const response = await fetch(address, { cache: HASHED.test(address) ? "default" : "no-cache" })
  if (response.status !== 200) throw new Error(address + ": " + response.status)
  await (await caches.open(HELD)).put(plain(address), response)
}

/** Fetches files, and a language's list if one is named, one after the other, beside what the reader does. Ends when a new
    version takes over. */
async function keepAll({ language, also }) {
  const held = await caches.open(HELD)
  for (const address of also.filter(address => address.startsWith(ROOT))) if (!await held.match(plain(address))) await keep(address)
  if (!SITE[language] || await held.match(done(language))) return
  for (const name of SITE[language]) if (await caches.has(HELD)) await keep(at(name))
  if (await caches.has(HELD)) await held.put(done(language), new Response())
}

/** What goes over from an earlier version: the newest of what the reader has read besides. */
async function takeOver() {
  const held = await caches.open(HELD)
  for (const name of await caches.keys()) if (name.startsWith(ROOT + " ") && name !== HELD) {
    const old = await caches.open(name), read = (await old.keys()).filter(({ url }) => !url.startsWith(at("?")))
    for (const { url } of read) if (!await held.match(url)) await held.put(url, await old.match(url))
    await caches.delete(name)
  }
  await trim(held)
  await clients.claim()
}

async function trim(held) {
  const listed = new Set(["?zh", "?en", ...SITE.core, ...SITE.zh, ...SITE.en].map(at))
  const besides = (await held.keys()).filter(({ url }) => !listed.has(url))
  for (const request of besides.slice(0, Math.max(0, besides.length - MOST))) await held.delete(request)
}

/** A page that says of which day it is a copy. */
async function copy(response) {
  const text = await response.text(), words = SITE.words[/<html lang="en/.test(text) ? "en" : "zh"]
  const date = response.headers.get("date"), day = date ? new Date(date).toISOString().slice(0, 10) : "?"
  const note = `<p class="offline-copy" role="status">${words.replace("{day}", day)}</p>`
  return new Response(text.replace(DOCUMENT, body => body + note), { headers: { "Content-Type": "text/html; charset=utf-8" } })
}

async function notice() {
  const text = await (await caches.match(at("offline.html"))).text()
  return new Response(text.replaceAll('="./', `="${ROOT}`), { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } })
}

async function answer(event, address) {
  const held = await caches.open(HELD), page = event.request.mode === "navigate"
  const known = HASHED.test(address) && await held.match(address)
  if (known) return known
  try {
    const response = await fetch(event.request, { cache: "no-cache" })
    if (response.status === 200 && response.type === "basic") event.waitUntil(held.put(address, response.clone()).then(() => page && trim(held)))
    return response
  } catch (unreachable) {
    const found = await held.match(address) || page && (await held.match(address + "/") || await held.match(address.replace(/index\.html$/, "")))
    return found ? (page ? copy(found) : found) : page ? notice() : Response.error()
  }
}

addEventListener("install", event => event.waitUntil(Promise.all(SITE.core.map(name => keep(at(name)))).then(() => skipWaiting())))
addEventListener("activate", event => event.waitUntil(takeOver()))
addEventListener("message", event => event.waitUntil(keepAll(event.data).catch(() => null))) // the next page goes on
addEventListener("fetch", event => {
  const address = plain(event.request.url)
  if (event.request.method === "GET" && address.startsWith(ROOT)) event.respondWith(answer(event, address))
})
