// SPDX-License-Identifier: GPL-3.0-or-later
// The README's picture of a built mirror: home on a desk, and three articles on phones.
//   node test/pictures.mjs FOLDER ../docs/images/mirror.png
import { readFileSync, readdirSync } from "node:fs";
import { openBrowser, serve } from "./browser.mjs";

const [folder, out] = process.argv.slice(2);
const site = await serve(folder);
const browser = await openBrowser();

async function shot(name, { width, height, colorScheme = "light" }) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme, deviceScaleFactor: 1 });
    const tab = await context.newPage();
    await tab.goto(site.url + name, { waitUntil: "load" });
    const png = await tab.screenshot();
    await context.close();
    return `data:image/png;base64,${png.toString("base64")}`;
}

// The newest article of a language that has a picture.
function articleIn(language) {
    const names = readdirSync(folder, { recursive: true }).filter((name) => /^articles\/.*\.html$/.test(name)).sort().reverse();
    return names.find((name) => {
        const page = readFileSync(`${folder}/${name}`, "utf8");
        return page.includes(`<html lang="${language}`) && page.includes("<figure class=\"lead\"><img");
    });
}

try {
    const phone = { width: 320, height: 560 };
    const pictures = [await shot("index.html", { width: 1000, height: 560 }), await shot(articleIn("zh"), phone),
        await shot(articleIn("ar"), { ...phone, colorScheme: "dark" })];
    const tab = await browser.newPage({ viewport: { width: 1206, height: 412 } });
    await tab.setContent(`<body style="margin:0;padding:16px;display:flex;gap:22px;background:#8a949c">${pictures
        .map((p) => `<img src="${p}" style="height:380px;border-radius:6px;box-shadow:0 4px 18px #0006">`).join("")}`);
    await tab.waitForFunction(() => [...document.images].every((i) => i.complete));
    await tab.locator("body").screenshot({ path: out });
} finally {
    await browser.close();
    await site.close();
}
