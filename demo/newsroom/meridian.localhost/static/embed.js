// SPDX-License-Identifier: GPL-3.0-or-later
// A real site would draw the quoted post here.
