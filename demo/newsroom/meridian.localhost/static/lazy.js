// SPDX-License-Identifier: GPL-3.0-or-later
for (const img of document.querySelectorAll("img.lazy")) {
  img.srcset = img.dataset.srcset;
  img.src = img.dataset.src;
}
