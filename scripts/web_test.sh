#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# web_test.sh PROGRAM: mirrors the demo's newsroom and looks at the mirror in Chromium (web/test). Ends with 77
# when web/node_modules is not there: `./dev test` makes it.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=$1
[ -d "$top/web/node_modules" ] || { echo "no web/node_modules: call ./dev test, or npm ci in web/"; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
port=$(node -e 'const s = require("net").createServer().listen(0, () => { console.log(s.address().port); s.close(); })')
"$program" demo --no-serve --newsroom "$top/demo" --output "$folder/demo" --newsroom-port "$port" >"$folder/log" 2>&1 ||
    { cat "$folder/log"; exit 1; }
cd "$top/web"
npm run --silent check
MIRROR="$folder/demo/site" npm test --silent
