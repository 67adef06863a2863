// SPDX-License-Identifier: GPL-3.0-or-later
// Lighthouse on home and an article of a built mirror, as a phone on a slow line sees them.
//   node audit.mjs FOLDER       one line a page and category; exit 1 when one is below 100
// A page is looked at up to three times, as Lighthouse advises: what else the machine does only slows it.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import lighthouse from "lighthouse";
import { serve } from "../test/browser.mjs";

const folder = process.argv[2];
if (!folder) {
    console.error("usage: node audit.mjs FOLDER");
    process.exit(2);
}
// The lead story of home: an article with a picture.
const home = readFileSync(path.join(folder, "index.html"), "utf8");
const article = /class="leadstory"[^]*?href="([^"]+)"/.exec(home)[1];

const total = (lhr) => Object.values(lhr.categories).reduce((sum, { score }) => sum + score, 0);

const profile = mkdtempSync(path.join(tmpdir(), "audit-"));
const chromium = spawn(process.env.CHROMIUM ?? "/usr/bin/chromium", ["--headless=new", "--no-sandbox", "--disable-gpu",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-port=0", `--user-data-dir=${profile}`, "about:blank"], { stdio: ["ignore", "ignore", "pipe"] });
const port = await new Promise((ready, failed) => {
    let told = "";
    chromium.stderr.on("data", (text) => {
        const found = /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec((told += text));
        if (found) ready(Number(found[1]));
    });
    chromium.on("exit", () => failed(new Error(`chromium ended: ${told}`)));
});
chromium.removeAllListeners("exit");
const site = await serve(folder);
let missed = false;
try {
    for (const name of ["index.html", article]) {
        let lhr;
        for (let i = 0; i < 3; ++i) {
            const again = (await lighthouse(site.url + name, { port, output: "json", logLevel: "error" })).lhr;
            if (!lhr || total(again) > total(lhr)) lhr = again;
            if (total(lhr) === 4) break;
        }
        for (const category of Object.values(lhr.categories)) {
            const score = Math.round(category.score * 100);
            console.log(`${name}\t${category.title}\t${score}`);
            if (score === 100) continue;
            missed = true;
            for (const { id } of category.auditRefs)
                if (lhr.audits[id].score !== null && lhr.audits[id].score < 1)
                    console.log(`  ${id}: ${lhr.audits[id].title} ${lhr.audits[id].displayValue ?? ""}`);
        }
    }
} finally {
    const gone = new Promise((done) => chromium.on("exit", done));
    chromium.kill();
    await gone;
    await site.close();
    rmSync(profile, { recursive: true, force: true });
}
process.exit(missed ? 1 : 0);
