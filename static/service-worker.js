// Keeps the emergency card, the page for use without network and the texts of the languages that were opened. Pages
// come from the network whenever there is one, and a new version takes over at once, so that a corrected safety text
// is never held back. Nothing that a person asked is stored: a question that could not be sent waits in memory alone.
// The server writes SHELL before this text: {version, languages, assets, search, triage}.

const SHELL_CACHE = `shell-${SHELL.version}`;
const TEXTS_CACHE = "texts";
const REFRESH_AFTER = 3_600_000;

const refreshed = new Map();
let unsent = null;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", onFetch);
self.addEventListener("message", ({ data, ports }) => {
  if (data === "question") {
    ports[0].postMessage(unsent);
    unsent = null;
  }
});

async function install() {
  const cache = await caches.open(SHELL_CACHE);
  const texts = await caches.open(TEXTS_CACHE);
  const inUse = (await texts.keys()).length > 0;
  await cache.addAll(inUse ? [...SHELL.assets, ...SHELL.search] : SHELL.assets);
  await (inUse ? texts.add(new Request(SHELL.triage, { cache: "no-cache" })) : undefined);
  await Promise.all([...(await languagesInUse())].map(keepPages));
  await self.skipWaiting();
}

async function activate() {
  const old = (await caches.keys()).filter((name) => ![SHELL_CACHE, TEXTS_CACHE].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function onFetch(event) {
  const { request } = event;
  const address = new URL(request.url);
  if (address.origin !== self.location.origin || address.pathname.startsWith("/embed/")) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(page(event, request.method === "POST" ? request.clone() : null));
  } else if (address.pathname.startsWith("/offline/")) {
    event.respondWith(texts(request));
  } else if (address.pathname.startsWith("/static/") && request.method === "GET") {
    event.respondWith(asset(request));
  } else if (address.pathname === "/api/v1/ask") {
    event.waitUntil(clientLanguage(event.clientId).then(keepTexts));
  }
}

async function page(event, form) {
  const lang = languageOf(event.request.url);
  try {
    const response = await fetch(event.request);
    if (lang && self.registration.active) {
      event.waitUntil(keepPages(lang).then(() => keepTexts(lang)));
    }
    return response;
  } catch (error) {
    unsent = form ? (await form.formData()).get("question") : null;
    const kept = await keptPage(event.request.url, lang);
    if (!kept) {
      throw error;
    }
    return kept;
  }
}

// The emergency card if it was asked for, else the page that answers without network, in the language or another.
async function keptPage(url, lang) {
  const asked = new URL(url).pathname;
  const spoken = self.navigator.languages.map((each) => each.split("-")[0]).filter((each) => SHELL.languages.includes(each));
  const codes = [...new Set([lang, ...spoken, ...SHELL.languages])].filter(Boolean);
  const names = asked.endsWith("/emergency") ? ["emergency", "offline"] : ["offline", "emergency"];
  for (const code of codes) {
    for (const name of names) {
      const kept = await caches.match(`/${code}/${name}`);
      if (kept) {
        return kept;
      }
    }
  }
  return undefined;
}

async function texts(request) {
  const cache = await caches.open(TEXTS_CACHE);
  try {
    const response = await fetch(request, { cache: "no-cache" });
    if (response.ok) {
      await cache.put(request.url, response.clone());
    }
    return response;
  } catch (error) {
    const kept = await cache.match(request.url);
    if (!kept) {
      throw error;
    }
    return kept;
  }
}

async function asset(request) {
  return (await caches.match(request)) ?? fetch(request);
}

async function keepPages(lang) {
  if (!lang) {
    return;
  }
  const cache = await caches.open(SHELL_CACHE);
  for (const address of [`/${lang}/offline`, `/${lang}/emergency`]) {
    if (!(await cache.match(address))) {
      await cache.add(new Request(address, { cache: "reload" })).catch(() => undefined);
    }
  }
}

// On a metered line that asks to save data, the texts wait until the person opens the page for use without network.
async function keepTexts(lang) {
  const last = refreshed.get(lang) ?? 0;
  if (!lang || self.navigator.connection?.saveData || Date.now() - last < REFRESH_AFTER) {
    return;
  }
  refreshed.set(lang, Date.now());
  const shell = await caches.open(SHELL_CACHE);
  try {
    await Promise.all(SHELL.search.map(async (address) => (await shell.match(address)) ?? shell.add(address)));
    await Promise.all([`/offline/${lang}.json`, SHELL.triage].map((address) => texts(new Request(address))));
  } catch {
    refreshed.delete(lang);
  }
}

// Those of the open pages, and those that an earlier version kept.
async function languagesInUse() {
  const pages = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  const stored = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  const addresses = [...pages, ...stored.flat()].map(({ url }) => url);
  return new Set(addresses.map(languageOf).filter(Boolean));
}

async function clientLanguage(id) {
  const client = await self.clients.get(id);
  return client ? languageOf(client.url) : null;
}

function languageOf(url) {
  const { pathname, searchParams } = new URL(url);
  const named = [...pathname.split(/[/.]/), searchParams.get("lang")];
  return named.find((part) => SHELL.languages.includes(part)) ?? null;
}
