// SPDX-License-Identifier: GPL-3.0-or-later
// A browser of the system and a server of a folder, for the tests.
import { chromium } from "playwright-core";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import path from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".webp": "image/webp",
    ".svg": "image/svg+xml", ".webmanifest": "application/manifest+json", ".xml": "application/xml" };

export function openBrowser() {
    return chromium.launch({
        executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"],
    });
}

// Serves files given as a map of path to text, or a folder. `log` has each path that was asked for.
export async function serve(files) {
    const log = [];
    const server = createServer(async (request, response) => {
        const name = decodeURIComponent(new URL(request.url, "http://x").pathname).replace(/\/$/, "/index.html").slice(1);
        log.push(name);
        const body = typeof files === "string"
            ? await readFile(path.join(files, path.normalize("/" + name))).catch(() => undefined) : files[name];
        if (body === undefined) { response.writeHead(404); response.end("no"); return; }
        response.writeHead(200, { "Content-Type": TYPES[path.extname(name)] ?? "text/plain" });
        response.end(body);
    });
    await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
    return { url: `http://127.0.0.1:${server.address().port}/`, log,
        close: () => { server.closeAllConnections(); return new Promise((done) => server.close(done)); } };
}
