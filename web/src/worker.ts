/*! SPDX-License-Identifier: GPL-3.0-or-later. Source: web/src/worker.ts of Heliograph. */
// Keeps the last pages that a reader opened, for when there is no network; and when this mirror does
// not answer, leads to the same page of the next one. Asks no other host for anything: going to
// another mirror is a navigation that the browser shows in its address bar.

interface Mirrors {
    mirrors: { name: string; url: string }[];
}

declare const self: ServiceWorkerGlobalScope & typeof globalThis;
export {};

const CACHE = "heliograph-1";
// Of each kind; a page is 20 KB, a picture 60 KB.
const MOST_PAGES = 60;
const MOST_PICTURES = 60;
// A blocked mirror often just never answers.
const PATIENCE_MS = 8000;

const root = new URL("./", self.location.href).href;
const list = new URL("mirrors.json", root).href;

self.addEventListener("install", (event) => {
    event.waitUntil(
        caches
            .open(CACHE)
            .then((cache) => cache.addAll([root, list]))
            .catch(() => {})
            .then(() => self.skipWaiting()),
    );
});

self.addEventListener("activate", (event) => {
    event.waitUntil(
        caches
            .keys()
            .then((names) => Promise.all(names.filter((n) => n !== CACHE).map((n) => caches.delete(n))))
            .then(() => self.clients.claim()),
    );
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    if (request.method !== "GET" || !request.url.startsWith(root)) return;
    if (request.mode === "navigate") {
        event.respondWith(page(event));
    } else if (request.destination === "image") {
        event.respondWith(picture(event));
    }
});

function isPicture(url: string): boolean {
    return url.startsWith(new URL("media/", root).href);
}

// The oldest entries beyond the limit go. Cache.keys() gives them in the order they were put.
async function keep(request: Request, response: Response): Promise<void> {
    const cache = await caches.open(CACHE);
    await cache.delete(request);
    await cache.put(request, response);
    const all = (await cache.keys()).filter((r) => r.url !== list && r.url !== root);
    for (const [kind, most] of [[true, MOST_PICTURES], [false, MOST_PAGES]] as const) {
        const those = all.filter((r) => isPicture(r.url) === kind);
        await Promise.all(those.slice(0, Math.max(0, those.length - most)).map((r) => cache.delete(r)));
    }
}

async function ask(request: Request): Promise<Response> {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
    try {
        // A navigation's own request cannot be given a signal.
        const response = await fetch(request.url, { signal: stop.signal, redirect: "follow" });
        if (response.status >= 500) throw new Error("the mirror failed");
        return response;
    } finally {
        clearTimeout(timer);
    }
}

async function page(event: FetchEvent): Promise<Response> {
    const { request } = event;
    try {
        const response = await ask(request);
        if (response.ok && !response.redirected) {
            event.waitUntil(keep(request, response.clone()));
            event.waitUntil(refreshList());
        }
        return response;
    } catch {
        const kept = await caches.match(request, { ignoreSearch: true });
        if (kept) return kept;
        const next = await nextMirror(request.url);
        if (next && self.navigator.onLine) return Response.redirect(next, 302);
        return (await caches.match(root)) ?? Response.error();
    }
}

async function picture(event: FetchEvent): Promise<Response> {
    // Named by its content: what was kept once is right for ever.
    const kept = await caches.match(event.request);
    if (kept) return kept;
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(event.request, response.clone()));
    return response;
}

async function refreshList(): Promise<void> {
    const response = await fetch(list).catch(() => undefined);
    if (response?.ok) await (await caches.open(CACHE)).put(list, response);
}

// The same page on the first of the other mirrors.
async function nextMirror(url: string): Promise<string | undefined> {
    const response = await caches.match(list);
    if (!response) return undefined;
    const known = (await response.json().catch(() => undefined)) as Mirrors | undefined;
    const other = known?.mirrors.find((m) => /^https?:\/\//.test(m.url) && !root.startsWith(m.url));
    return other && new URL(url.slice(root.length), other.url).href;
}
