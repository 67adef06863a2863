/*! SPDX-License-Identifier: GPL-3.0-or-later. Source: web/src/offline.ts of Heliograph. */
// Starts the worker that keeps the last pages. The script lies in the mirror's root, so its own
// address says where the worker is, at whatever depth the page is.
const script = document.currentScript as HTMLScriptElement | null;
if (script && "serviceWorker" in navigator) {
    // A refusal (private window, storage full) leaves the pages as they are without JavaScript.
    navigator.serviceWorker.register(new URL("worker.js", script.src).href).catch(() => {});
}
