// SPDX-License-Identifier: GPL-3.0-or-later
// A mirror's pages in a browser: accessible, within the window, asking no other host.
//   MIRROR=folder npm test      the built mirror to look at; without it these tests are skipped
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { test } from "node:test";
import { openBrowser, serve } from "./browser.mjs";

const folder = process.env.MIRROR;
const axe = readFileSync(new URL("../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function pagesOf(root) {
    const all = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".html"));
    return all.map((name) => name.replaceAll("\\", "/")).sort();
}

for (const javaScriptEnabled of [true, false]) {
    test(`pages ask no other host and fit the window, JavaScript ${javaScriptEnabled}`, { skip: !folder }, async () => {
        const site = await serve(folder);
        const browser = await openBrowser();
        try {
            for (const width of [320, 1280]) {
                const context = await browser.newContext({ javaScriptEnabled, viewport: { width, height: 800 } });
                const tab = await context.newPage();
                const foreign = [];
                tab.on("request", (r) => { if (!r.url().startsWith(site.url) && !r.url().startsWith("data:")) foreign.push(r.url()); });
                for (const name of await pagesOf(folder)) {
                    if (name.startsWith("go/")) continue; // these lead away
                    await tab.goto(site.url + name);
                    const wide = await tab.locator("body").evaluate((b) => b.ownerDocument.documentElement.scrollWidth - innerWidth);
                    assert.ok(wide <= 0, `${name} is ${wide} px too wide at ${width}`);
                }
                assert.deepEqual(foreign, []);
                await context.close();
            }
        } finally {
            await browser.close();
            await site.close();
        }
    });
}

test("axe finds nothing, in light and dark, on a phone and a desk", { skip: !folder }, async () => {
    const site = await serve(folder);
    const browser = await openBrowser();
    try {
        for (const colorScheme of ["light", "dark"]) {
            for (const width of [320, 1280]) {
                const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
                const tab = await context.newPage();
                for (const name of await pagesOf(folder)) {
                    if (name.startsWith("go/")) continue;
                    await tab.goto(site.url + name);
                    await tab.addScriptTag({ content: axe });
                    const found = await tab.evaluate((rules) => axe.run(document, { runOnly: rules }), RULES);
                    const told = found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`);
                    assert.deepEqual(told, [], `${name} ${colorScheme} ${width}`);
                }
                await context.close();
            }
        }
    } finally {
        await browser.close();
        await site.close();
    }
});
