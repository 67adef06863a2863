// SPDX-License-Identifier: GPL-3.0-or-later
// The bundles that are shipped are what their sources give.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

test("the shipped bundles are made of the sources beside them", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "bundles-"));
    try {
        execFileSync("npm", ["run", "--silent", "build", "--", `--outdir=${folder}`], { cwd: new URL("..", import.meta.url) });
        for (const name of ["offline.js", "worker.js"])
            assert.equal(readFileSync(new URL(`../../src/render/theme/html/${name}`, import.meta.url), "utf8"),
                readFileSync(path.join(folder, name), "utf8"), `${name}: run npm run build`);
    } finally {
        rmSync(folder, { recursive: true });
    }
});
