// SPDX-License-Identifier: GPL-3.0-or-later
// A mirror's pages in a browser: accessible, within the window, asking no other host.
//   MIRROR=folder npm test      the built mirror to look at; without it these tests are skipped
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { after, before, test } from "node:test";
import { openBrowser, serve } from "./browser.mjs";

const folder = process.env.MIRROR;
const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

let site, browser;
// Every page but those that lead away.
let pages = [];
// One page of each kind, and an article of each language: axe takes a quarter of a second a page.
let kinds = [];

before(async () => {
    if (!folder) return;
    const all = await readdir(folder, { recursive: true });
    pages = all.filter((name) => name.endsWith(".html") && !name.startsWith("go/")).sort();
    const seen = new Set();
    kinds = pages.filter((name) => {
        const kind = name.split("/")[0] + /<html lang="([^"]*)"/.exec(readFileSync(`${folder}/${name}`, "utf8"))[1];
        return !seen.has(kind) && seen.add(kind);
    });
    site = await serve(folder);
    browser = await openBrowser();
});
after(async () => {
    await browser?.close();
    await site?.close();
});

// Calls `look` with a tab for each page of `names`, and gives the addresses asked for beyond the mirror.
async function visit(names, options, look) {
    const context = await browser.newContext(options);
    const tab = await context.newPage();
    const foreign = [];
    tab.on("request", (r) => {
        if (!r.url().startsWith(site.url) && !r.url().startsWith("data:")) foreign.push(r.url());
    });
    for (const name of names) {
        await tab.goto(site.url + name);
        await look(tab, name);
    }
    await context.close();
    return foreign;
}

for (const [javaScriptEnabled, width] of [[false, 320], [true, 1280]]) {
    test(`pages ask no other host and fit a window of ${width} px, JavaScript ${javaScriptEnabled}`, { skip: !folder }, async () => {
        // Narrow: every page. Wide: one of each kind.
        const options = { javaScriptEnabled, viewport: { width, height: 800 } };
        const foreign = await visit(width < 1000 ? pages : kinds, options, async (tab, name) => {
            const wide = await tab.locator("body").evaluate((b) => b.ownerDocument.documentElement.scrollWidth - innerWidth);
            assert.ok(wide <= 0, `${name} is ${wide} px too wide`);
        });
        assert.deepEqual(foreign, []);
    });
}

test("axe finds nothing, in light and dark, on a phone and a desk", { skip: !folder }, async () => {
    assert.ok(kinds.length > 8, `only ${kinds}`);
    for (const [width, colorScheme] of [[320, "dark"], [1280, "light"]]) {
        await visit(kinds, { colorScheme, viewport: { width, height: 800 }, bypassCSP: true }, async (tab, name) => {
            await tab.addScriptTag({ content: axe });
            const found = await tab.evaluate((rules) => axe.run(document, { runOnly: rules }), RULES);
            const told = found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`);
            assert.deepEqual(told, [], `${name} ${colorScheme} ${width}`);
        });
    }
});

test("a page is painted after one request, and its pictures follow", { skip: !folder }, async () => {
    for (const name of kinds) {
        const context = await browser.newContext();
        const tab = await context.newPage();
        const asked = [];
        tab.on("request", (r) => asked.push([r.resourceType(), r.url()]));
        // Only the page itself is answered: all else hangs, and must not be waited for.
        await tab.route("**/*", (route) => route.request().isNavigationRequest() ? route.continue() : undefined);
        await tab.goto(site.url + name, { waitUntil: "commit" });
        await tab.waitForFunction(() => performance.getEntriesByName("first-contentful-paint").length > 0);
        const others = asked.filter(([kind, url]) => !["document", "image"].includes(kind) && !url.startsWith("data:"));
        assert.ok(others.every(([kind]) => kind === "manifest" || kind === "other"), `${name}: ${others}`);
        await tab.unrouteAll({ behavior: "ignoreErrors" });
        await context.close();
    }
});

test("text runs as its language does, in a face of its script", { skip: !folder }, async () => {
    const seen = new Set();
    await visit(kinds.filter((n) => n.startsWith("articles/")), {}, async (tab, name) => {
        const page = await tab.evaluate(() => {
            const style = getComputedStyle(document.querySelector("article > p"));
            return { lang: document.documentElement.lang.split("-")[0], direction: style.direction,
                leading: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
                measure: document.querySelector("article").clientWidth / parseFloat(style.fontSize) };
        });
        seen.add(page.lang);
        assert.equal(page.direction, ["ar", "fa", "he", "ur"].includes(page.lang) ? "rtl" : "ltr", name);
        const [least, most] = { ar: [1.8, 2], zh: [1.7, 1.9], ja: [1.7, 1.9] }[page.lang] ?? [1.5, 1.7];
        assert.ok(page.leading >= least && page.leading <= most, `${name}: leading ${page.leading}`);
        assert.ok(page.measure <= 40, `${name}: ${page.measure} em`);
    });
    for (const lang of ["en", "ru", "zh", "ja", "ar", "fr"]) assert.ok(seen.has(lang), lang);
});

test("a page is whole without JavaScript: its text, its picture, its code", { skip: !folder }, async () => {
    const home = await browser.newContext({ javaScriptEnabled: false });
    const tab = await home.newPage();
    await tab.goto(`${site.url}index.html`);
    await tab.click(".leadstory h2 a");
    assert.match(tab.url(), /articles\//);
    await tab.waitForLoadState("load");
    assert.ok((await tab.locator("article > p").count()) > 3);
    assert.ok(await tab.locator("figure.lead img").evaluate((i) => i.complete && i.naturalWidth > 0 && i.alt !== ""));
    assert.ok((await tab.locator(".share svg").boundingBox()).width > 100);
    await home.close();
});
