// SPDX-License-Identifier: GPL-3.0-or-later
// The worker, in a browser: pages without a network, and the next mirror when this one fails.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { openBrowser, serve } from "./browser.mjs";

const bundle = (name) => readFileSync(new URL(`../../src/render/theme/html/${name}`, import.meta.url), "utf8");
const page = (depth, text) => `<!doctype html><title>${text}</title><meta http-equiv="Content-Security-Policy" content="default-src 'none'; ` +
    `img-src 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'"><script src="${depth}offline.js" defer></script><h1>${text}</h1>`;

function mirror(name, others) {
    return {
        "index.html": page("", `home of ${name}`),
        "articles/one.html": page("../", `one of ${name}`),
        "articles/two.html": page("../", `two of ${name}`),
        "offline.js": bundle("offline.js"),
        "worker.js": bundle("worker.js"),
        "mirrors.json": JSON.stringify({ mirrors: others.map((url) => ({ name: "other", url })) }),
    };
}

// Opens a page and waits until the worker has it.
async function visit(tab, url) {
    await tab.goto(url);
    await tab.evaluate(async () => {
        await navigator.serviceWorker.ready;
        if (!navigator.serviceWorker.controller)
            await new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    });
}

async function kept(tab, url) {
    for (let i = 0; i < 100; ++i) {
        if (await tab.evaluate((u) => caches.match(u).then(Boolean), url)) return;
        await new Promise((next) => setTimeout(next, 20));
    }
    assert.fail(`${url} was not kept`);
}

test("pages that were opened can be read without a network, others lead home", async () => {
    const site = await serve(mirror("a", []));
    const browser = await openBrowser();
    try {
        const context = await browser.newContext();
        const tab = await context.newPage();
        await visit(tab, site.url);
        await tab.goto(site.url + "articles/one.html");
        await kept(tab, site.url + "articles/one.html");
        await site.close();
        await context.setOffline(true);
        await tab.goto(site.url + "articles/one.html");
        assert.equal(await tab.textContent("h1"), "one of a");
        await tab.goto(site.url + "articles/two.html");
        assert.equal(await tab.textContent("h1"), "home of a");
    } finally {
        await browser.close();
    }
});

test("when the mirror fails, the same page comes from the next", async () => {
    const second = await serve(mirror("b", []));
    const first = await serve(mirror("a", [second.url]));
    const browser = await openBrowser();
    try {
        const tab = await (await browser.newContext()).newPage();
        const asked = [];
        tab.on("request", (request) => asked.push(request.url()));
        await visit(tab, first.url);
        await tab.goto(first.url + "articles/one.html");
        await kept(tab, first.url + "mirrors.json");
        assert.deepEqual(asked.filter((url) => !url.startsWith(first.url)), [], "no other host before");
        await first.close();
        await tab.goto(first.url + "articles/two.html");
        assert.equal(await tab.textContent("h1"), "two of b");
        assert.equal(tab.url(), second.url + "articles/two.html");
    } finally {
        await browser.close();
        await second.close();
    }
});
