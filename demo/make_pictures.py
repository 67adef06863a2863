#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw the pictures of the demo newsroom.

Every picture is made here from nothing: layered silhouettes, gradients and a
little noise, from fixed seeds. Needs Pillow and NumPy; run it only to change a
picture, since the files it writes are kept in `demo/newsroom`.

    python3 demo/make_pictures.py [NAME...]      # all pictures, or the named ones
"""

import math
import pathlib
import sys

import numpy as np
from PIL import ExifTags, Image, ImageDraw, ImageFilter, ImageFont

ROOT = pathlib.Path(__file__).resolve().parent / "newsroom"
SCALE = 2  # drawn at twice the size, then reduced: smooth edges


def rgb(colour):
    """'#rrggbb' to three floats 0..1."""
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], np.float32) / 255


def smooth_noise(rng, rows, columns, height, width):
    """One octave of value noise, rows x columns cells stretched to height x width."""
    cells = (rng.random((rows + 1, columns + 1)) * 255).astype(np.uint8)
    image = Image.fromarray(cells).resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(image, np.float32) / 255


def fractal_noise(rng, height, width, rows, columns, octaves=5):
    """Sum of octaves, normalised to 0..1."""
    total = np.zeros((height, width), np.float32)
    weight = 1.0
    for _ in range(octaves):
        total += weight * smooth_noise(rng, rows, columns, height, width)
        rows, columns, weight = rows * 2, columns * 2, weight / 2
    total -= total.min()
    return total / total.max()


class Scene:
    """A canvas in floats; coordinates are those of the finished picture."""

    def __init__(self, seed, width=1200, height=800):
        self.width, self.height = width, height
        self.w, self.h = width * SCALE, height * SCALE
        self.rng = np.random.default_rng(seed)
        self.a = np.zeros((self.h, self.w, 3), np.float32)
        self.yy = np.arange(self.h, dtype=np.float32)[:, None] / SCALE
        self.xx = np.arange(self.w, dtype=np.float32)[None, :] / SCALE

    # -- colour ------------------------------------------------------------
    def gradient(self, *stops):
        """Vertical gradient; stops are (y, '#rrggbb')."""
        ys = [s[0] for s in stops]
        colours = np.stack([rgb(s[1]) for s in stops])
        y = self.yy[:, 0]
        return np.stack([np.interp(y, ys, colours[:, i]) for i in range(3)], axis=1)[:, None, :]

    def fill(self, *stops):
        self.a[:] = self.gradient(*stops)

    def paint(self, mask, colour, opacity=1.0):
        """Lay a colour, or a gradient, over the canvas through a mask."""
        if isinstance(colour, str):
            colour = rgb(colour)
        elif isinstance(colour, (list, tuple)):
            colour = self.gradient(*colour)
        m = (mask * opacity)[:, :, None]
        self.a += (colour - self.a) * m

    def screen(self, light, colour):
        """Add light without burning out."""
        self.a = 1 - (1 - self.a) * (1 - np.clip(light, 0, 1)[:, :, None] * rgb(colour))

    # -- shapes ------------------------------------------------------------
    def mask(self, draw, blur=0):
        image = Image.new("L", (self.w, self.h))
        draw(ImageDraw.Draw(image))
        if blur:
            image = image.filter(ImageFilter.GaussianBlur(blur * SCALE))
        return np.asarray(image, np.float32) / 255

    def polygon(self, points, colour, opacity=1.0, blur=0):
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.paint(self.mask(lambda d: d.polygon(scaled, fill=255), blur), colour, opacity)

    def many(self, polygons, colour, opacity=1.0, blur=0):
        def draw(d):
            for points in polygons:
                d.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=255)

        self.paint(self.mask(draw, blur), colour, opacity)

    def rect(self, x0, y0, x1, y1, colour, opacity=1.0, radius=0, blur=0):
        box = [x0 * SCALE, y0 * SCALE, x1 * SCALE, y1 * SCALE]
        self.paint(
            self.mask(lambda d: d.rounded_rectangle(box, radius * SCALE, fill=255), blur), colour, opacity
        )

    def rects(self, boxes, colour, opacity=1.0, radius=0, blur=0):
        def draw(d):
            for x0, y0, x1, y1 in boxes:
                d.rounded_rectangle([x0 * SCALE, y0 * SCALE, x1 * SCALE, y1 * SCALE], radius * SCALE, fill=255)

        self.paint(self.mask(draw, blur), colour, opacity)

    def ellipses(self, boxes, colour, opacity=1.0, blur=0):
        """boxes are (centre x, centre y, radius x, radius y)."""

        def draw(d):
            for x, y, rx, ry in boxes:
                d.ellipse([(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE], fill=255)

        self.paint(self.mask(draw, blur), colour, opacity)

    def lines(self, segments, colour, width=1.0, opacity=1.0, blur=0):
        """segments are lists of points."""

        def draw(d):
            for points in segments:
                d.line([(x * SCALE, y * SCALE) for x, y in points], 255, max(1, round(width * SCALE)), "curve")

        self.paint(self.mask(draw, blur), colour, opacity)

    # -- light and air -----------------------------------------------------
    def glow(self, x, y, radius, colour, strength=1.0, stretch=1.0):
        d2 = ((self.xx - x) / stretch) ** 2 + (self.yy - y) ** 2
        self.screen(strength * np.exp(-d2 / (radius * radius)), colour)

    def sun(self, x, y, radius, colour, halo, halo_radius, strength=0.8):
        self.glow(x, y, halo_radius, halo, strength * 0.6, 1.5)
        self.glow(x, y, halo_radius * 0.4, halo, strength)
        self.ellipses([(x, y, radius, radius)], colour, blur=0.7)

    def clouds(self, y0, y1, colour, opacity=0.6, cover=0.5, rows=14, columns=5):
        n = fractal_noise(self.rng, self.h, self.w, rows, columns, 6)
        edge = np.clip(np.minimum(self.yy - y0, y1 - self.yy) / ((y1 - y0) * 0.35), 0, 1)
        self.paint(np.clip((n - (1 - cover)) / 0.35, 0, 1) * edge, colour, opacity)

    def mist(self, y, thickness, colour, opacity=0.6):
        n = fractal_noise(self.rng, self.h, self.w, 6, 3, 4)
        m = np.exp(-(((self.yy - y) / thickness) ** 2)) * (0.45 + 0.75 * n)
        self.paint(np.clip(m, 0, 1), colour, opacity)

    def stars(self, count, y1, tint="#ffffff"):
        light = np.zeros((self.h, self.w), np.float32)
        for _ in range(count):
            x, y = self.rng.random() * self.w, self.rng.random() ** 1.15 * y1 * SCALE
            bright = self.rng.random() ** 4
            r = 1.0 + 2.6 * bright
            x0, y0 = max(int(x - 8), 0), max(int(y - 8), 0)
            part = light[y0 : int(y) + 9, x0 : int(x) + 9]
            gy, gx = np.mgrid[y0 : y0 + part.shape[0], x0 : x0 + part.shape[1]]
            fade = 1 - 0.75 * (y / SCALE / y1)
            part += (0.3 + 0.9 * bright) * fade * np.exp(-((gx - x) ** 2 + (gy - y) ** 2) / (r * r))
        self.screen(light, tint)

    def milky_way(self, x, angle, width, colours=("#8fa4e8", "#f5c9b0"), strength=0.55):
        n = fractal_noise(self.rng, self.h, self.w, 5, 7, 6)
        c, s = math.cos(angle), math.sin(angle)
        across = (self.xx - x) * c + (self.yy - self.height * 0.4) * s
        across = across + (n - 0.5) * width * 0.9
        band = np.exp(-((across / width) ** 2))
        dust = 1 - 0.75 * np.exp(-(((across + (n - 0.5) * 70) / (width * 0.17)) ** 2))
        fade = np.clip((self.height * 0.85 - self.yy) / (self.height * 0.5), 0, 1)
        self.screen(strength * band * dust * (0.35 + n) * fade, colours[0])
        self.screen(0.6 * strength * band**3 * dust * n * fade, colours[1])

    # -- land --------------------------------------------------------------
    def ridge_line(self, base, amplitude, cells, octaves=6, rough=0.5):
        """One fractal outline across the whole width, as an array of y per column."""
        line = np.zeros(self.w, np.float32)
        weight = 1.0
        for _ in range(octaves):
            knots = self.rng.random(cells + 3)
            line += weight * np.interp(np.linspace(0, cells + 2, self.w), np.arange(cells + 3), knots)
            cells, weight = cells * 2, weight * rough
        line -= line.min()
        return base - amplitude * line / line.max()

    def below(self, line, soft=0.7):
        return np.clip((self.yy - line[None, :]) / soft + 0.5, 0, 1)

    def ridge(self, base, amplitude, cells, top, bottom, depth, octaves=6, rough=0.5, line=None):
        """A mountain range, its colour fading from top to bottom over depth (mist in the valleys)."""
        if line is None:
            line = self.ridge_line(base, amplitude, cells, octaves, rough)
        t = np.clip((self.yy - line[None, :]) / depth, 0, 1)[:, :, None]
        self.a += ((rgb(top) * (1 - t) + rgb(bottom) * t) - self.a) * self.below(line)[:, :, None]
        return line

    def hills(self, base, amplitude, waves, phase, top, bottom, depth):
        x = self.xx[0] / self.width
        line = base - amplitude * (
            0.6 * np.sin(2 * np.pi * (waves * x + phase)) + 0.4 * np.sin(2 * np.pi * (waves * 1.7 * x + phase * 2.3))
        )
        return self.ridge(0, 0, 0, top, bottom, depth, line=line.astype(np.float32))

    def conifers(self, line, count, size, colour, opacity=1.0, spread=0.5, x0=0, x1=None, sink=4):
        x1 = self.width if x1 is None else x1
        shapes = []
        for _ in range(count):
            x = x0 + self.rng.random() * (x1 - x0)
            height = size * (1 - spread / 2 + spread * self.rng.random())
            y = float(line[min(self.w - 1, max(0, int(x * SCALE)))]) + sink
            tiers = 7
            left, right = [], []
            for i in range(tiers):
                t = (i + 1) / tiers
                half = height * 0.2 * t * (0.85 + 0.3 * self.rng.random())
                left += [(x - half, y - height * (1 - t)), (x - half * 0.55, y - height * (1 - t) - height * 0.015)]
                right += [(x + half, y - height * (1 - t)), (x + half * 0.55, y - height * (1 - t) - height * 0.015)]
            shapes.append([(x, y - height)] + right + [(x, y + 3)] + left[::-1])
        self.many(shapes, colour, opacity)

    def bush(self, x, y, rx, ry, colour, blobs=40, opacity=1.0):
        boxes = []
        for _ in range(blobs):
            a, r = self.rng.random() * 2 * math.pi, math.sqrt(self.rng.random())
            s = 0.18 + 0.22 * self.rng.random()
            boxes.append((x + math.cos(a) * r * rx * 0.85, y + math.sin(a) * r * ry * 0.85, rx * s, ry * s * 1.1))
        self.ellipses(boxes, colour, opacity)

    def palm(self, x, y, height, colour, lean=0.1):
        top_x, top_y = x + lean * height, y - height
        trunk = [(x + lean * height * t * t, y - height * t) for t in np.linspace(0, 1, 12)]
        self.lines([trunk], colour, height * 0.035)
        fronds = []
        for i in range(11):
            a = math.pi * (1.12 - 1.24 * i / 10) + (self.rng.random() - 0.5) * 0.2
            length = height * (0.36 + 0.12 * self.rng.random())
            upper, lower = [], []
            for t in np.linspace(0, 1, 10):
                px = top_x + math.cos(a) * length * t
                py = top_y - math.sin(a) * length * t * 0.75 + length * 0.75 * t * t
                thick = height * 0.045 * math.sin(math.pi * min(1, t * 0.95 + 0.04))
                upper.append((px, py - thick * 0.4))
                lower.append((px, py + thick))
            fronds.append(upper + lower[::-1])
        self.many(fronds, colour)

    # -- water -------------------------------------------------------------
    def water(self, y0, tint, tint_opacity=0.35, ripple=10.0, squeeze=1.0, glints="#ffffff", glint=0.12, y1=None):
        """Mirror what is above y0 into the water below, broken by ripples."""
        rows0 = int(y0 * SCALE)
        rows1 = self.h if y1 is None else int(y1 * SCALE)
        depth = rows1 - rows0
        d = np.arange(depth, dtype=np.float32)[:, None]
        grow = d / max(depth, 1)
        streak = np.zeros((depth, self.w), np.float32)
        rows = max(depth // 10, 2)
        streak += smooth_noise(self.rng, rows, 24, depth, self.w) - 0.5
        streak += 0.6 * (smooth_noise(self.rng, rows * 2, 60, depth, self.w) - 0.5)
        source_y = np.clip(rows0 - 1 - d * squeeze + streak * ripple * SCALE * (0.3 + 2.2 * grow), 0, rows0 - 1)
        source_x = np.clip(np.arange(self.w)[None, :] + streak * ripple * SCALE * (0.2 + grow), 0, self.w - 1)
        mirrored = self.a[source_y.astype(np.int32), source_x.astype(np.int32)]
        deep = rgb(tint)
        k = tint_opacity + (0.35 * grow)[:, :, None]
        mirrored = mirrored * (1 - k) + deep * k
        mirrored = 1 - (1 - mirrored) * (1 - np.clip(streak - 0.25, 0, 1)[:, :, None] * glint * 4 * rgb(glints))
        self.a[rows0:rows1] = mirrored

    # -- things ------------------------------------------------------------
    def houses(self, x0, x1, y, low, high, colours, lit="#ffd98a", lit_share=0.45, roof="#2a2430", narrow=46):
        """A row of gabled houses standing on y."""
        x = x0
        while x < x1:
            w = narrow * (0.8 + 0.7 * self.rng.random())
            h = low + (high - low) * self.rng.random()
            colour = colours[int(self.rng.random() * len(colours))]
            gable = w * (0.45 + 0.3 * self.rng.random())
            self.rect(x, y - h, x + w + 1, y, colour)
            self.polygon([(x - 2, y - h), (x + w / 2, y - h - gable), (x + w + 3, y - h)], roof)
            if self.rng.random() < 0.5:
                self.rect(x + w * 0.68, y - h - gable * 0.75, x + w * 0.68 + 6, y - h, roof)
            on, off = [], []
            for row in range(max(1, int(h / 27))):
                for column in range(max(2, int(w / 17))):
                    n = max(2, int(w / 17))
                    wx = x + w * (column + 0.5) / n
                    wy = y - h + 9 + row * 27
                    if wy + 13 < y - 4:
                        (on if self.rng.random() < lit_share else off).append((wx - 4, wy, wx + 4, wy + 13))
            self.rects(off, "#1d2130", 0.55)
            self.rects(on, lit, 0.95)
            self.rects(on, lit, 0.35, blur=5)
            x += w

    def towers(self, x0, x1, y, low, high, colour, width=(30, 80), lit=None, lit_share=0.25, opacity=1.0):
        boxes, windows = [], []
        x = x0
        while x < x1:
            w = width[0] + (width[1] - width[0]) * self.rng.random()
            h = low + (high - low) * self.rng.random() ** 1.6
            boxes.append((x, y - h, x + w, y + 200))
            kind = self.rng.random()
            if kind < 0.25:
                boxes.append((x + w * 0.25, y - h - 18, x + w * 0.75, y - h))
            elif kind < 0.4:
                boxes.append((x + w * 0.48, y - h - 46, x + w * 0.52, y - h))
            if lit:
                for wy in np.arange(y - h + 10, y - 4, 13):
                    for wx in np.arange(x + 7, x + w - 8, 11):
                        if self.rng.random() < lit_share:
                            windows.append((wx, wy, wx + 4.5, wy + 6))
            x += w * (0.85 + 0.3 * self.rng.random())
        self.rects(boxes, colour, opacity)
        if lit:
            self.rects(windows, lit, 0.85)

    def person(self, x, y, height, colour):
        """A standing figure in silhouette, feet at y."""
        h = height
        self.ellipses([(x, y - h * 0.9, h * 0.085, h * 0.1)], colour)
        self.polygon(
            [(x - h * 0.13, y - h * 0.42), (x - h * 0.12, y - h * 0.76), (x, y - h * 0.82), (x + h * 0.12, y - h * 0.76),
             (x + h * 0.13, y - h * 0.42), (x + h * 0.09, y), (x + h * 0.015, y), (x, y - h * 0.36),
             (x - h * 0.015, y), (x - h * 0.09, y)],
            colour,
        )  # fmt: skip

    def sailboat(self, x, y, size, hull, sail, sail_opacity=1.0):
        s = size
        self.polygon([(x - s * 0.5, y - s * 0.1), (x + s * 0.55, y - s * 0.13), (x + s * 0.4, y + s * 0.06), (x - s * 0.4, y + s * 0.06)], hull)
        self.lines([[(x, y - s * 0.1), (x, y - s * 1.35)]], hull, max(1, s * 0.025))
        self.polygon([(x + s * 0.03, y - s * 1.3), (x + s * 0.03, y - s * 0.2), (x + s * 0.5, y - s * 0.2)], sail, sail_opacity)
        self.polygon([(x - s * 0.03, y - s * 1.15), (x - s * 0.03, y - s * 0.2), (x - s * 0.42, y - s * 0.18)], sail, sail_opacity * 0.85)

    def bird(self, x, y, size):
        return [(x - size, y - size * 0.35), (x - size * 0.4, y - size * 0.45), (x, y), (x + size * 0.4, y - size * 0.45), (x + size, y - size * 0.35)]

    # -- out ---------------------------------------------------------------
    def finished(self, grain=0.006, vignette=0.22):
        n = self.rng.normal(0, grain, (self.h // 2, self.w // 2)).astype(np.float32)
        r2 = ((self.xx - self.width / 2) / self.width) ** 2 + ((self.yy - self.height / 2) / self.height) ** 2
        a = self.a * (1 - vignette * np.clip(r2 * 2 - 0.25, 0, 1))[:, :, None]
        a = np.clip(a, 0, 1)
        image = Image.fromarray((a * 255 + 0.5).astype(np.uint8)).resize((self.width, self.height), Image.Resampling.LANCZOS)
        b = np.asarray(image, np.float32) / 255 + n[: self.height, : self.width, None]
        return Image.fromarray((np.clip(b, 0, 1) * 255 + 0.5).astype(np.uint8))


# -- the pictures -----------------------------------------------------------


def harbour():
    s = Scene(11, 1600, 900)
    s.fill((0, "#1b2a55"), (200, "#4b4a86"), (340, "#b7688a"), (440, "#f2a074"), (500, "#ffd59a"))
    s.clouds(40, 400, "#ffb199", 0.5, 0.5, 16, 4)
    s.clouds(20, 260, "#38386e", 0.5, 0.45, 12, 4)
    s.sun(1130, 452, 30, "#fff2cf", "#ffb066", 230)
    s.ridge(505, 95, 4, "#8d6f95", "#e5a088", 110, rough=0.45)
    s.ridge(515, 60, 7, "#5f5884", "#b57f8c", 90, rough=0.45)
    s.houses(-10, 700, 520, 55, 125, ["#7b5566", "#57567e", "#8f6a62", "#4a4d72", "#6d4b5c"], roof="#2b2944")
    s.polygon([(300, 520), (300, 380), (322, 330), (344, 380), (344, 520)], "#3a3356")
    s.polygon([(296, 384), (322, 300), (348, 384)], "#252342")
    s.ellipses([(322, 400, 9, 9)], "#ffe1a0")
    s.houses(1370, 1620, 520, 40, 90, ["#5b4f74", "#7a5a68", "#4a4a70"], roof="#29284a")
    s.rect(0, 514, 720, 528, "#2a2743")
    s.rect(1350, 514, 1600, 526, "#2a2743")
    for x, y, size in ((860, 528, 62), (960, 522, 44), (1240, 526, 52)):
        s.sailboat(x, y, size, "#2a2547", "#ffe3c2", 0.95)
    masts = []
    for x in (60, 118, 170, 236, 420, 470, 548, 590, 660):
        masts.append([(x, 528), (x, 528 - 90 - 60 * s.rng.random())])
    s.lines(masts, "#1f1c36", 2.2)
    s.water(527, "#1d2450", 0.16, 7, 1.0, "#ffd9b0", 0.2)
    # the night ferry
    x, y = 900, 690
    s.polygon([(x - 250, y - 44), (x + 290, y - 50), (x + 240, y + 22), (x - 215, y + 22)], [(y - 50, "#f3e8da"), (y - 12, "#e3cdbd"), (y - 11, "#a8413c"), (y + 22, "#6d2533")])
    s.rect(x - 190, y - 92, x + 170, y - 44, "#efe4d8", radius=6)
    s.rect(x - 150, y - 130, x + 80, y - 90, "#e5d6cb", radius=6)
    s.polygon([(x + 80, y - 130), (x + 118, y - 92), (x + 80, y - 92)], "#e5d6cb")
    s.polygon([(x - 90, y - 186), (x - 40, y - 190), (x - 30, y - 130), (x - 94, y - 130)], "#a8413c")
    s.rect(x - 94, y - 172, x - 36, y - 158, "#f3e8da")
    wins = [(x - 176 + i * 25, y - 80, x - 160 + i * 25, y - 62) for i in range(13)]
    wins += [(x - 136 + i * 27, y - 120, x - 118 + i * 27, y - 103) for i in range(8)]
    s.rects(wins, "#ffc965", 1, 2)
    s.rects(wins, "#ffc965", 0.5, 2, 6)
    s.lines([[(x + 30, y - 130), (x + 30, y - 208)], [(x + 10, y - 190), (x + 50, y - 190)]], "#3a3153", 3)
    s.rects([(x - 215, y + 22, x + 245, y + 30)], "#e9d6cf", 0.5, 4, 3)
    for i in range(6):
        yy = y + 34 + i * 14
        s.ellipses([(x + 10 + 14 * math.sin(i * 2), yy, 230 - i * 24, 4)], "#ffd08a", 0.34 - i * 0.05, 3)
    s.lines([s.bird(1080, 230, 16), s.bird(1130, 260, 11), s.bird(1010, 268, 9), s.bird(1210, 215, 8)], "#2a2547", 2.4)
    # quay with bollards in front
    s.polygon([(0, 900), (0, 838), (520, 866), (640, 900)], "#16162f")
    for x in (90, 250, 410):
        s.rect(x, 812 + x * 0.05, x + 26, 862 + x * 0.05, "#101026", radius=5)
        s.rect(x - 7, 806 + x * 0.05, x + 33, 822 + x * 0.05, "#101026", radius=6)
    return s.finished()


def lighthouse():
    s = Scene(23)
    s.fill((0, "#0d2238"), (260, "#1f5266"), (420, "#5f9a96"), (520, "#f0cf9c"), (560, "#f7b98a"))
    s.stars(220, 330)
    s.clouds(120, 520, "#f5b9a0", 0.45, 0.45, 22, 4)
    s.clouds(60, 380, "#12303f", 0.55, 0.42, 14, 4)
    s.ridge(560, 46, 5, "#7d9a98", "#cdb59c", 60)
    s.water(556, "#12384a", 0.3, 8, 1, "#ffe0c0", 0.2)
    # beam
    beam = s.mask(lambda d: d.polygon([(p[0] * SCALE, p[1] * SCALE) for p in ((842, 205), (-40, 60), (-40, 250), (842, 215))], fill=255), 14)
    s.screen(beam * np.clip(s.xx / 842, 0, 1) ** 1.6 * 0.75, "#fff0c0")
    beam = s.mask(lambda d: d.polygon([(p[0] * SCALE, p[1] * SCALE) for p in ((858, 205), (1240, 150), (1240, 235), (858, 215))], fill=255), 12)
    s.screen(beam * 0.4, "#fff0c0")
    # headland
    line = np.interp(s.xx[0], [0, 420, 500, 560, 640, 720, 800, 900, 1000, 1200], [900, 800, 700, 640, 560, 520, 498, 490, 500, 470]).astype(np.float32)
    line += (s.ridge_line(0, 26, 30) + 13).astype(np.float32) * 0.6
    s.ridge(0, 0, 0, "#3b4a3c", "#0f1d26", 230, line=line)
    n = fractal_noise(s.rng, s.h, s.w, 20, 14, 5)
    s.paint(s.below(line) * np.clip(n - 0.52, 0, 1) * 2.2, "#6f7b5a", 0.5)
    # tower
    s.polygon([(812, 500), (828, 236), (872, 236), (888, 500)], "#f4eee2")
    for a, b in ((0.2, 0.4), (0.6, 0.8)):
        ya, yb = 236 + 264 * a, 236 + 264 * b
        s.polygon([(828 - 16 * a, ya), (872 + 16 * a, ya), (872 + 16 * b, yb), (828 - 16 * b, yb)], "#b5403a")
    shade = s.mask(lambda d: d.polygon([(p[0] * SCALE, p[1] * SCALE) for p in ((856, 236), (872, 236), (888, 500), (858, 500))], fill=255), 5)
    s.paint(shade, "#182338", 0.42)
    s.rect(816, 226, 884, 238, "#222b3a", radius=2)
    s.rect(834, 190, 866, 228, "#fff0b8")
    s.lines([[(834, 190), (834, 228)], [(845, 190), (845, 228)], [(856, 190), (856, 228)], [(866, 190), (866, 228)]], "#222b3a", 2)
    s.polygon([(828, 192), (850, 164), (872, 192)], "#8f2f30")
    s.lines([[(850, 166), (850, 148)]], "#222b3a", 2.5)
    s.glow(850, 209, 60, "#ffeeb0", 0.9)
    s.glow(850, 209, 170, "#ffd890", 0.3)
    s.rects([(845, 300, 855, 320), (846, 400, 856, 420)], "#2a3242")
    # keeper's cottage
    s.rect(910, 448, 1020, 506, "#d9cfc0")
    s.polygon([(902, 450), (930, 412), (1000, 412), (1030, 450)], "#4a3138")
    s.rects([(926, 464, 944, 484), (984, 464, 1002, 484)], "#ffd27a", radius=1)
    s.rects([(926, 464, 944, 484), (984, 464, 1002, 484)], "#ffd27a", 0.6, 1, 6)
    s.rect(956, 462, 972, 506, "#3b2b34")
    for _ in range(26):
        x = s.rng.random() * 620
        y = 600 + s.rng.random() * 190
        s.ellipses([(x, y, 30 + 40 * s.rng.random(), 1.3)], "#e9f2ea", 0.35, 1)
    s.lines([s.bird(360, 330, 14), s.bird(410, 356, 10), s.bird(300, 366, 9), s.bird(640, 300, 8)], "#0e1c28", 2)
    return s.finished()


def market():
    s = Scene(31)
    s.fill((0, "#7fa8c9"), (220, "#cfd9d6"), (420, "#ffe6c4"))
    s.clouds(0, 320, "#fff6e8", 0.7, 0.5, 12, 4)
    s.houses(-20, 1220, 440, 150, 250, ["#d99b77", "#c9b48f", "#a9b6a4", "#d2c2b0", "#b98579", "#8fa3a8"], lit="#fff3d0", lit_share=0.12, roof="#8a5446", narrow=100)
    s.mist(430, 60, "#ffeed6", 0.55)
    s.fill_ground = s.gradient((430, "#b9ac9f"), (800, "#6d6470"))
    s.paint(np.broadcast_to(np.clip(s.yy - 436, 0, 1), (s.h, s.w)), s.fill_ground)
    cobbles = fractal_noise(s.rng, s.h, s.w, 90, 70, 2)
    s.paint(np.clip(cobbles - 0.5, 0, 1) * np.clip((s.yy - 440) / 200, 0, 1), "#4b4552", 0.8)

    def stall(x, y, w, colours, goods):
        h = w * 0.62
        s.ellipses([(x + w / 2, y + 6, w * 0.6, 14)], "#3a3440", 0.5, 8)
        s.lines([[(x + 6, y), (x + 6, y - h)], [(x + w - 6, y), (x + w - 6, y - h)]], "#5a4436", 6)
        s.rect(x + 6, y - h, x + w - 6, y - h * 0.42, "#3f3540", 0.55)
        s.rect(x - 6, y - h * 0.42, x + w + 6, y - h * 0.32, "#8a6244")
        s.rect(x, y - h * 0.32, x + w, y, "#6f4c36")
        s.lines([[(x, y - h * 0.2), (x + w, y - h * 0.2)], [(x, y - h * 0.1), (x + w, y - h * 0.1)]], "#573a2b", 2)
        n = 7
        for i in range(n):
            a, b = x - 16 + (w + 32) * i / n, x - 16 + (w + 32) * (i + 1) / n
            a2, b2 = x + w * i / n, x + w * (i + 1) / n
            colour = colours[i % 2]
            s.polygon([(a2, y - h * 1.28), (b2, y - h * 1.28), (b, y - h * 0.9), (a, y - h * 0.9)], colour)
            s.ellipses([((a + b) / 2, y - h * 0.9, (b - a) / 2, 11)], colour)
        s.polygon([(x - 16, y - h * 0.9), (x + w + 16, y - h * 0.9), (x + w + 16, y - h * 0.72), (x - 16, y - h * 0.72)], "#1e1b2c", 0.25, 6)
        for k, colour in enumerate(goods):
            gx = x + 6 + (w - 12) * k / len(goods)
            gw = (w - 12) / len(goods)
            items = [(gx + gw * (0.15 + 0.7 * s.rng.random()), y - h * 0.43 - 3 - 14 * s.rng.random(), 8, 7) for _ in range(12)]
            s.ellipses(items, colour)
            s.ellipses([(a - 2, b - 2, 3, 2) for a, b, _, _ in items], "#ffffff", 0.3)

    stall(70, 570, 210, ("#f6eee0", "#3f7f8c"), ("#d9e3e8", "#9fb7c4", "#e7b7a2"))
    stall(480, 560, 190, ("#f6eee0", "#c8553d"), ("#e3a23a", "#c94f3d", "#8aa04a"))
    stall(860, 572, 220, ("#f6eee0", "#5c7f4c"), ("#7d9a4a", "#d5c04c", "#a4483c"))
    for x, y, h, c in ((352, 610, 112, "#3a3547"), (398, 616, 96, "#6b3f3f"), (760, 612, 116, "#2f4250"), (1120, 640, 124, "#4a3a44"), (800, 618, 78, "#8a5a3c")):
        s.ellipses([(x, y, 34, 6)], "#2a2633", 0.45, 5)
        s.person(x, y, h, c)
    bulbs = []
    wire = []
    for x in np.linspace(0, 1200, 60):
        y = 250 + 50 * abs(math.sin(x / 1200 * 3 * math.pi))
        wire.append((x, y))
    s.lines([wire], "#3d3a44", 2)
    bulbs = [(x, y + 9, 6, 7) for x, y in wire[1::3]]
    s.ellipses([(x, y, 16, 16) for x, y, _, _ in bulbs], "#ffdf9a", 0.5, 9)
    s.ellipses(bulbs, "#fff3cf")
    # crates in front
    for x, y, w, fill in ((120, 742, 190, "#c3d2da"), (330, 762, 170, "#d98f6a"), (880, 752, 200, "#9db36a")):
        s.ellipses([(x + w / 2, y + 34, w * 0.55, 12)], "#1e1b26", 0.5, 7)
        items = [(x + 12 + (w - 24) * s.rng.random(), y - 34 - 12 * s.rng.random(), 20, 11) for _ in range(22)]
        s.ellipses(items, fill)
        s.ellipses([(a - 5, b - 3, 7, 3) for a, b, _, _ in items], "#ffffff", 0.3)
        s.rect(x, y - 32, x + w, y + 34, "#8c643f", radius=2)
        s.lines([[(x, y - 10), (x + w, y - 10)], [(x, y + 12), (x + w, y + 12)]], "#5c3f29", 3)
    return s.finished()


def tram():
    s = Scene(41)
    s.fill((0, "#f6b27a"), (260, "#ffd9a6"), (480, "#fff0d2"))
    s.sun(900, 330, 46, "#fffbe8", "#ffca7a", 260, 0.6)
    s.towers(-20, 1220, 520, 110, 330, "#e8b896", (50, 110))
    s.mist(500, 90, "#ffe9c9", 0.6)
    s.towers(-40, 1220, 540, 70, 240, "#c98f84", (50, 120), "#ffe7b0", 0.15)
    s.mist(540, 60, "#ffe2c0", 0.5)
    s.paint(np.broadcast_to(np.clip(s.yy - 560, 0, 1), (s.h, s.w)), [(560, "#9c7f86"), (800, "#4e4660")])
    line = np.full(s.w, 566, np.float32)
    for x in range(30, 1200, 170):
        s.rect(x - 5, 480, x + 5, 566, "#54404c")
        s.bush(x, 452, 58, 62, "#6f7f5a", 60)
        s.bush(x - 12, 438, 40, 42, "#8b9a68", 40)
    s.rect(0, 560, 1200, 580, "#7b6672")
    # overhead wire and poles
    for x in (150, 1060):
        s.rect(x - 5, 200, x + 5, 640, "#3b3348")
        s.lines([[(x, 232), (x + 120, 250)], [(x, 262), (x + 110, 251)]], "#3b3348", 3)
    s.lines([[(0, 252), (1200, 252)]], "#3b3348", 2)
    # tram: three sections
    y0, y1 = 350, 640
    s.ellipses([(600, 664, 440, 18)], "#221c30", 0.6, 10)
    for x0, x1 in ((190, 456), (466, 736), (746, 1010)):
        left = 46 if x0 == 190 else 8
        right = 46 if x1 == 1010 else 8
        pts = [(x0 + left, y0), (x1 - right, y0), (x1, y0 + (110 if right > 8 else 8)), (x1, y1), (x0, y1), (x0, y0 + (110 if left > 8 else 8))]
        s.polygon(pts, [(y0, "#fbf4e4"), (y0 + 150, "#f3e6cf"), (y0 + 172, "#f3e6cf"), (y0 + 173, "#c43f3a"), (y1, "#8e2733")])
        s.rect(x0 + 14, y0 + 14, x1 - 14, y0 + 24, "#d9c9b0", 0.8, 4)
    s.rects([(452, y0 + 12, 470, y1 - 10), (732, y0 + 12, 750, y1 - 10)], "#3b3348")
    glass = [(240, 392, 330, 486), (346, 392, 440, 486), (482, 392, 574, 486), (590, 392, 720, 486), (764, 392, 850, 486), (866, 392, 950, 486)]
    s.rects(glass, [(392, "#3f6b80"), (486, "#a9cdd0")], 1, 8)
    for x0, ya, x1, yb in glass:
        s.polygon([(x0 + 14, yb), (x0 + 46, ya), (x0 + 62, ya), (x0 + 30, yb)], "#ffffff", 0.22)
    for x in (262, 300, 388, 515, 545, 630, 680, 800, 905):
        s.ellipses([(x, 452, 11, 13)], "#2b2a3c", 0.75)
        s.rect(x - 17, 464, x + 17, 486, "#2b2a3c", 0.75, 7)
    s.polygon([(196, 452), (222, 392), (230, 392), (230, 500), (196, 500)], "#39586b")
    s.polygon([(1004, 452), (978, 392), (970, 392), (970, 500), (1004, 500)], "#39586b")
    s.rects([(590, 500, 654, 632), (656, 500, 720, 632)], "#a33038", 1, 3)
    s.rects([(598, 392, 652, 604), (658, 392, 712, 604)], [(392, "#3f6b80"), (604, "#b9d5d2")], 0.9, 6)
    s.rect(190, 522, 1010, 527, "#fbf4e4", 0.9)
    s.ellipses([(204, 560, 9, 9), (996, 560, 9, 9)], "#fff3c0")
    s.glow(1002, 560, 34, "#ffe9a8", 0.5)
    s.rect(205, y1 - 4, 995, y1 + 18, "#2b2538", radius=4)
    wheels = [(x, y1 + 18, 19, 19) for x in (270, 330, 560, 640, 870, 930)]
    s.ellipses(wheels, "#1b1826")
    s.ellipses([(x, y, 8, 8) for x, y, _, _ in wheels], "#6a6276")
    # solar panels and pantograph on the roof
    for x in range(236, 990, 64):
        if not 425 < x < 470 and not 700 < x < 750 and not 560 < x < 640:
            s.polygon([(x, y0 - 4), (x + 12, y0 - 22), (x + 56, y0 - 22), (x + 44, y0 - 4)], "#2d4a78")
            s.lines([[(x + 15, y0 - 4), (x + 27, y0 - 22)], [(x + 30, y0 - 4), (x + 42, y0 - 22)]], "#88a7cf", 1.5)
    s.lines([[(570, y0), (620, 300), (590, 254)], [(640, y0), (620, 300)], [(570, 253), (640, 253)]], "#3b3348", 4)
    s.lines([[(0, 664), (1200, 664)], [(0, 690), (1200, 690)]], "#e7d6cf", 3, 0.75)
    s.lines([[(0, 760), (1200, 760)]], "#f3e6cf", 5, 0.25)
    s.person(96, 690, 150, "#2b2538")
    s.person(1128, 694, 158, "#3d2f40")
    s.rect(1140, 628, 1172, 668, "#6d3d3d", radius=4)
    return s.finished()


def chowder():
    s = Scene(53)
    s.fill((0, "#263447"), (560, "#31405a"))
    # window with a rainy evening
    s.rect(150, 60, 620, 500, "#5c4636")
    s.rect(170, 80, 600, 480, [(80, "#16243c"), (330, "#2f4a68"), (480, "#6b6f86")])
    keep = s.a.copy()
    s.towers(160, 620, 480, 40, 150, "#1a2438", (40, 80), "#ffcf7a", 0.3)
    outside = s.mask(lambda d: d.rectangle([170 * SCALE, 80 * SCALE, 600 * SCALE, 480 * SCALE], fill=255))[:, :, None]
    s.a = keep * (1 - outside) + s.a * outside
    drops = []
    for _ in range(150):
        x, y = 172 + s.rng.random() * 424, 84 + s.rng.random() * 370
        drops.append([(x, y), (x - 3, y + 10 + 14 * s.rng.random())])
    s.lines(drops, "#b9cfe6", 1.3, 0.35)
    s.rects([(378, 80, 392, 480), (170, 270, 600, 282)], "#6b5240")
    s.rect(130, 488, 640, 512, "#7a5f4a", radius=3)
    # shelf with jars
    s.rect(720, 250, 1110, 266, "#7a5a42", radius=3)
    for x, w, h, c in ((745, 54, 96, "#c8553d"), (815, 44, 74, "#d9a441"), (876, 60, 110, "#6d8a5c"), (952, 40, 66, "#e6d8bd"), (1006, 70, 86, "#7f9db0")):
        s.rect(x, 250 - h, x + w, 250, c, 1, 8)
        s.rect(x + 4, 250 - h - 12, x + w - 4, 250 - h + 4, "#3b2d2a", 1, 4)
        s.rect(x + 8, 250 - h + 12, x + 15, 240, "#ffffff", 0.25, 3)
    for x, length in ((770, 130), (850, 100), (930, 140), (1010, 110)):
        s.lines([[(x, 270), (x, 270 + length * 0.5)]], "#2a2530", 4)
    s.ellipses([(770, 365, 26, 32), (930, 372, 22, 34)], "#4a4048")
    s.rect(838, 320, 862, 384, "#b88652", radius=6)
    s.rect(1000, 325, 1020, 392, "#8e9aa2", radius=8)
    # table
    s.paint(np.broadcast_to(np.clip(s.yy - 560, 0, 1), (s.h, s.w)), [(560, "#a8714a"), (800, "#5c3728")])
    n = fractal_noise(s.rng, s.h, s.w, 60, 4, 5)
    s.paint(np.clip(n - 0.5, 0, 1) * np.clip(s.yy - 562, 0, 1), "#3b2018", 0.8)
    s.glow(640, 560, 330, "#ffb45e", 0.35, 1.7)
    # cloth, board, bread
    s.polygon([(300, 640), (980, 640), (1060, 792), (220, 792)], "#d8cfc0", 0.95)
    s.lines([[(320 + i * 48, 640), (250 + i * 58.5, 792)] for i in range(14)], "#8fa6a8", 7, 0.5)
    s.lines([[(288, 664), (993, 664)], [(270, 700), (1012, 700)], [(250, 742), (1034, 742)]], "#8fa6a8", 7, 0.4)
    s.ellipses([(640, 738, 300, 40)], "#2b1a18", 0.55, 12)
    # bowl
    s.ellipses([(640, 736, 130, 20)], "#24506b")
    s.polygon([(360, 590), (920, 590), (862, 690), (760, 742), (520, 742), (418, 690)], [(590, "#4f8fae"), (742, "#1f4660")])
    s.ellipses([(640, 694, 224, 48)], [(640, "#32708f"), (742, "#1f4660")], 0.6)
    for i in range(13):
        x = 400 + i * 40
        s.ellipses([(x, 634 + 9 * math.sin(i / 12 * math.pi), 9, 9)], "#eef3ee", 0.85)
    s.ellipses([(640, 590, 282, 62)], "#dfe8e6")
    s.ellipses([(640, 594, 262, 53)], "#2b566c")
    s.ellipses([(640, 597, 254, 48)], [(550, "#f6e3b8"), (645, "#e9c98d")])
    for _ in range(60):
        a, r = s.rng.random() * 2 * math.pi, math.sqrt(s.rng.random())
        x, y = 640 + math.cos(a) * r * 225, 598 + math.sin(a) * r * 38
        c = ["#f0a35e", "#fff4da", "#e2803f", "#f7e9c6", "#c9683f"][int(s.rng.random() * 5)]
        s.ellipses([(x, y + 2, 14, 7)], "#a8743f", 0.4, 2)
        s.ellipses([(x, y, 12 + 5 * s.rng.random(), 6 + 2 * s.rng.random())], c)
    for _ in range(55):
        a, r = s.rng.random() * 2 * math.pi, math.sqrt(s.rng.random())
        x, y = 640 + math.cos(a) * r * 220, 596 + math.sin(a) * r * 37
        s.ellipses([(x, y, 3.5, 2)], "#4f7f3c")
    # steam
    for k in range(5):
        points = [(560 + k * 42 + 24 * math.sin(t * 5 + k * 1.3) * (0.3 + t), 565 - t * (250 + 40 * (k % 2))) for t in np.linspace(0, 1, 30)]
        s.lines([points], "#fff6e6", 26, 0.17, 14)
        s.lines([points], "#fff6e6", 9, 0.1, 7)
    # bread and spoon
    s.ellipses([(1000, 690, 130, 20)], "#2b1a18", 0.5, 9)
    s.ellipses([(1000, 640, 118, 52)], [(590, "#e0a25c"), (692, "#8f5426")])
    s.lines([[(930 + i * 42, 606), (950 + i * 42, 660)] for i in range(4)], "#f7dcae", 8, 0.8)
    s.lines([[(210, 770), (330, 700)]], "#d9dde0", 9)
    s.ellipses([(196, 776, 34, 17)], "#e5e9ea")
    s.ellipses([(192, 774, 22, 10)], "#aab3b8")
    return s.finished()


def telescope():
    s = Scene(61)
    s.fill((0, "#070c22"), (380, "#1a2350"), (620, "#4a3f78"), (720, "#a0627e"))
    s.milky_way(420, 0.6, 120)
    s.stars(1500, 720)
    s.glow(600, 760, 260, "#e88a6a", 0.5, 2.6)
    s.ridge(700, 70, 5, "#3a3668", "#6d4f7a", 90)
    s.towers(120, 520, 706, 14, 50, "#2b2a55", (16, 34), "#ffd58a", 0.35)
    line = s.hills(735, 40, 0.55, 0.62, "#141830", "#080a18", 120)
    s.conifers(line, 16, 80, "#0a0d1e", x0=0, x1=240)
    s.conifers(line, 9, 66, "#0a0d1e", x0=1080, x1=1200)
    ground = 712
    # tripod and telescope
    c = "#0b0e20"
    x, y = 760, 560
    s.lines([[(x, y), (x - 66, ground + 8)], [(x, y), (x + 62, ground + 12)], [(x, y), (x + 6, ground + 20)]], c, 9)
    s.lines([[(x - 34, y + 84), (x + 34, y + 84)]], c, 4)
    a = math.radians(-42)
    ca, sa = math.cos(a), math.sin(a)

    def tube(u0, u1, r0, r1, colour, opacity=1.0):
        pts = [(x + ca * u - sa * v, y + sa * u + ca * v) for u, v in ((u0, -r0), (u1, -r1), (u1, r1), (u0, r0))]
        s.polygon(pts, colour, opacity)

    tube(-110, 160, 20, 26, c)
    tube(150, 200, 31, 33, c)
    tube(-134, -104, 11, 11, c)
    tube(-150, -130, 15, 15, c)
    tube(-30, 40, 40, 40, c, 0.0)
    tube(-80, 0, -26, -33, c)
    tube(-110, 198, -20, -27, "#8f9ae0", 0.35)
    tube(-110, 198, -17, -27, c, 0.5)
    s.ellipses([(x, y, 26, 26)], c)
    # two people
    s.person(588, ground + 14, 168, c)
    s.person(520, ground + 14, 112, c)
    s.lines([[(596, 588), (634, 640), (650, 668)]], c, 11)
    s.lines([[(230, 120), (330, 176)]], "#ffffff", 2, 0.9, 0.8)
    s.lines([[(160, 80), (330, 176)]], "#ffffff", 4, 0.25, 2)
    return s.finished()


def snow_train():
    s = Scene(71)
    s.fill((0, "#6f93b8"), (260, "#b7cbdc"), (420, "#fbe3d2"))
    s.sun(250, 300, 34, "#fffaf0", "#ffdcb8", 260, 0.5)
    s.ridge(430, 220, 4, "#a9bed3", "#e9dfe0", 200, rough=0.55)
    far = s.ridge(470, 120, 6, "#8ba6c0", "#dfe3e8", 130)
    s.conifers(far, 200, 28, "#6f8da8", 0.8)
    s.mist(470, 60, "#f3ece9", 0.7)
    mid = s.hills(500, 26, 0.8, 0.15, "#e9eef4", "#c5d3e2", 160)
    s.conifers(mid, 110, 70, "#47657f", 0.95, x0=-20, x1=520)
    s.conifers(mid, 70, 80, "#3b5871", 0.95, x0=780, x1=1220)
    s.mist(515, 40, "#f6f1ee", 0.6)
    s.hills(575, 14, 0.6, 0.5, "#f4f6fa", "#b6c6da", 250)
    # track bed
    s.polygon([(0, 610), (1200, 590), (1200, 622), (0, 644)], "#dfe6ee")
    s.polygon([(0, 626), (1200, 606), (1200, 614), (0, 634)], "#6d7688", 0.8)
    s.polygon([(0, 644), (1200, 622), (1200, 680), (0, 720)], "#a7b9cf", 0.5, 12)
    # steam plume
    for i in range(70):
        t = i / 70
        x = 832 - t * 760 + 18 * s.rng.normal()
        y = 405 - 110 * math.sin(t * 1.7) - 40 * t + 14 * s.rng.normal()
        r = 16 + 62 * t
        s.ellipses([(x, y + r * 0.2, r, r * 0.75)], "#9fb2c8", 0.16 * (1.1 - t), 8)
        s.ellipses([(x, y - 6, r * 0.95, r * 0.7)], "#ffffff", 0.34 * (1.15 - t), 8)

    def track(x):
        return 628 - 20 * x / 1200

    def car(x0, x1, colour):
        y = track((x0 + x1) / 2)
        s.rect(x0, y - 112, x1, y - 18, [(y - 112, colour[0]), (y - 18, colour[1])], radius=6)
        s.rect(x0 - 5, y - 124, x1 + 5, y - 108, "#e9eef4", radius=8)
        n = 6
        w = (x1 - x0) / n
        wins = [(x0 + w * i + 8, y - 96, x0 + w * (i + 1) - 8, y - 60) for i in range(n)]
        s.rects(wins, "#ffdf94", 1, 3)
        s.rects(wins, "#ffdf94", 0.5, 3, 8)
        s.rect(x0, y - 48, x1, y - 44, "#f3d9a0", 0.8)
        wheels = [(x, y - 8, 14, 14) for x in (x0 + 34, x0 + 68, x1 - 68, x1 - 34)]
        s.rect(x0 + 4, y - 22, x1 - 4, y - 12, "#252a36")
        s.ellipses(wheels, "#252a36")
        s.ellipses([(a, b, 5, 5) for a, b, _, _ in wheels], "#8791a3")

    car(70, 290, ("#8f3a38", "#6a2730"))
    car(304, 524, ("#2f6150", "#1f4540"))
    y = track(700)
    s.rect(538, y - 86, 650, y - 16, "#22272f", radius=4)  # tender
    s.ellipses([(594, y - 88, 52, 16)], "#12151b")
    s.rect(660, y - 132, 740, y - 16, "#2a3a35", radius=4)  # cab
    s.rect(652, y - 144, 750, y - 130, "#e9eef4", radius=6)
    s.rect(676, y - 118, 722, y - 80, "#ffd98a", radius=3)
    s.rect(676, y - 118, 722, y - 80, "#ffd98a", 0.5, 3, 8)
    s.rect(736, y - 106, 900, y - 30, [(y - 106, "#55695f"), (y - 80, "#2f423b"), (y - 30, "#16211f")], radius=14)
    s.ellipses([(900, y - 68, 16, 38)], "#1a2422")
    s.rects([(772, y - 106, 778, y - 30), (820, y - 106, 826, y - 30)], "#c9a35a")
    s.rect(822, y - 166, 850, y - 100, "#1a2422", radius=2)
    s.rect(814, y - 176, 858, y - 160, "#1a2422", radius=4)
    s.ellipses([(782, y - 110, 18, 18)], "#c9a35a")
    s.ellipses([(918, y - 76, 13, 13)], "#fff3c4")
    s.glow(930, y - 76, 62, "#ffeab0", 0.5, 1.8)
    s.polygon([(890, y - 34), (960, y - 6), (890, y - 6)], "#8f3a38")
    s.rect(560, y - 22, 930, y - 12, "#1a1e26")
    wheels = [(690, y - 24, 25, 25), (750, y - 24, 25, 25), (810, y - 24, 25, 25), (880, y - 14, 15, 15), (570, y - 13, 15, 15), (620, y - 13, 15, 15)]
    s.ellipses(wheels, "#1a1e26")
    s.ellipses([(a, b, r * 0.62, r * 0.62) for a, b, r, _ in wheels], "#8f3a38")
    s.ellipses([(a, b, r * 0.2, r * 0.2) for a, b, r, _ in wheels], "#e6d9c0")
    s.lines([[(690, y - 18), (810, y - 18)]], "#c9ced6", 5)
    front = s.hills(742, 20, 0.7, 0.9, "#fbfcff", "#bccbe0", 120)
    s.conifers(front, 5, 260, "#1f3a4c", x0=1010, x1=1190, sink=20)
    s.conifers(front, 4, 210, "#1f3a4c", x0=-10, x1=70, sink=20)
    flakes = [(s.rng.random() * 1200, s.rng.random() * 800, *(2 * [1 + 1.8 * s.rng.random() ** 2])) for _ in range(320)]
    s.ellipses(flakes, "#ffffff", 0.8, 0.4)
    return s.finished()


def greenhouse():
    s = Scene(83)
    s.fill((0, "#131d3c"), (300, "#35447a"), (520, "#a58fae"), (600, "#e9b9a8"))
    s.stars(160, 300)
    s.clouds(150, 560, "#d9a5b0", 0.35, 0.45, 18, 4)
    s.ridge(620, 90, 7, "#3d4470", "#7a6a8e", 110)
    s.paint(np.broadcast_to(np.clip(s.yy - 612, 0, 1), (s.h, s.w)), [(612, "#3d4a52"), (800, "#131c26")])

    def house(x0, x1, y, h, dome):
        cx, half = (x0 + x1) / 2, (x1 - x0) / 2
        arc = [(cx + half * math.cos(t), y - h - dome * math.sin(t)) for t in np.linspace(math.pi, 0, 40)]
        shape = [(x0, y)] + arc + [(x1, y)]
        s.polygon(shape, [(y - h - dome, "#8fb59a"), (y - h * 0.6, "#ffe6a0"), (y, "#ffc766")], 0.93)
        inside = s.mask(lambda d: d.polygon([(a * SCALE, b * SCALE) for a, b in shape], fill=255))
        keep = s.a.copy()
        for i in range(int(half / 15)):
            px = x0 + 20 + (x1 - x0 - 40) * s.rng.random()
            s.bush(px, y - 22 - s.rng.random() * h * 0.35, 38, 44, ["#2f5a3c", "#3f7048", "#1f4632", "#55804a"][i % 4], 26, 0.92)
        for i in range(max(1, int(half / 90))):
            s.palm(cx + (i - half / 180 + 0.5) * 110, y - 10, h * 0.9 + dome * 0.35, "#1d4030", 0.06)
        blooms = [(x0 + 20 + (x1 - x0 - 40) * s.rng.random(), y - 20 - s.rng.random() * h * 0.55, 6, 6) for _ in range(int(half / 7))]
        s.ellipses(blooms, "#e8557a", 0.95)
        s.ellipses([(a - 1, b - 2, 2.2, 2) for a, b, _, _ in blooms], "#ffd0da")
        s.a = keep * (1 - inside[:, :, None]) + s.a * inside[:, :, None]
        ribs = []
        n = max(6, int(half / 18))
        for i in range(n + 1):
            t = math.pi * (1 - i / n)
            px = cx + half * math.cos(t)
            ribs.append([(px, y), (px, y - h), *[(cx + half * math.cos(t) * math.cos(u), y - h - dome * math.sin(t) * math.sin(u) ** 1 if u else y - h) for u in ()]])
        for k in range(1, 6):
            r = k / 6
            ribs.append([(cx + half * r * math.cos(t), y - h - dome * math.sin(t)) for t in np.linspace(math.pi, 0, 30)])
        for level in (0.35, 0.7):
            w = half * math.sqrt(1 - level * level)
            ribs.append([(cx - w, y - h - dome * level), (cx + w, y - h - dome * level)])
        ribs += [[(x0, y - h), (x1, y - h)], [(x0, y - h / 2), (x1, y - h / 2)], arc, [(x0, y), (x0, y - h)], [(x1, y), (x1, y - h)]]
        s.lines(ribs, "#f4f7f0", 2.2, 0.85)
        s.rect(x0 - 6, y - 12, x1 + 6, y + 6, "#d8d2c4")

    s.glow(600, 560, 360, "#ffc776", 0.45, 1.6)
    house(120, 420, 640, 130, 90)
    house(780, 1080, 640, 130, 90)
    house(390, 810, 650, 190, 200)
    s.rect(584, 238, 616, 264, "#e9efe6", radius=4)
    s.lines([[(600, 240), (600, 206)]], "#e9efe6", 3)
    s.rect(560, 540, 640, 652, "#fff0c4", 0.8, 4)
    s.lines([[(560, 652), (560, 540), (640, 540), (640, 652)], [(600, 540), (600, 652)]], "#f4f7f0", 3)
    # path and light on the ground
    s.polygon([(560, 656), (640, 656), (820, 800), (380, 800)], [(656, "#ffd890"), (800, "#6a5a5e")], 0.75)
    s.paint(np.exp(-(((s.yy - 670) / 40) ** 2)) * np.exp(-(((s.xx - 600) / 420) ** 2)), "#ffcf86", 0.35)
    for x, y, r, c in ((60, 690, 110, "#16242a"), (1140, 694, 120, "#16242a"), (240, 760, 120, "#0e171e"), (980, 766, 130, "#0e171e"), (20, 800, 120, "#0a1118"), (1190, 800, 130, "#0a1118")):
        s.bush(x, y, r, r * 0.55, c, 90)
    s.person(520, 720, 88, "#1a1c28")
    s.person(548, 722, 60, "#1a1c28")
    return s.finished()


def fog_city():
    s = Scene(97)
    s.fill((0, "#b9c7d6"), (240, "#e6d3cb"), (460, "#fbdcb8"), (800, "#f5c99a"))
    s.sun(420, 330, 58, "#fff7e4", "#ffd59a", 330, 0.5)
    s.towers(-10, 1210, 560, 80, 380, "#d9c0b8", (26, 80), opacity=0.75)
    s.mist(540, 110, "#fbe3c8", 0.85)
    s.towers(-30, 1230, 640, 80, 390, "#a8969f", (34, 90), opacity=0.9)
    s.polygon([(792, 660), (806, 210), (814, 120), (822, 210), (836, 660)], "#94848f")
    s.ellipses([(814, 236, 34, 15), (814, 262, 24, 10)], "#94848f")
    s.mist(640, 90, "#f8dcc0", 0.85)
    s.towers(-20, 1230, 730, 60, 300, "#6d6577", (46, 110), "#ffe3ac", 0.16)
    s.mist(720, 70, "#efcdb2", 0.75)
    s.towers(-30, 1230, 800, 30, 150, "#37354a", (60, 130), "#ffd68e", 0.2)
    s.mist(800, 50, "#c7a395", 0.5)
    # a listener with a microphone on a roof
    s.rect(60, 690, 360, 800, "#211f30")
    s.rect(52, 680, 368, 696, "#2b2839")
    s.person(240, 684, 120, "#171523")
    s.lines([[(222, 606), (180, 588), (128, 560)]], "#171523", 7)
    s.ellipses([(116, 554, 22, 11)], "#171523")
    for r in (30, 50, 70):
        s.lines([[(110 - r * math.cos(t), 552 - r * math.sin(t)) for t in np.linspace(-0.3, 1.1, 20)]], "#fff3dc", 3, 0.75)
    s.lines([s.bird(640, 180, 15), s.bird(690, 206, 11), s.bird(590, 214, 10), s.bird(720, 168, 8), s.bird(560, 170, 7)], "#4a4656", 2.2)
    return s.finished()


def library():
    s = Scene(103)
    s.fill((0, "#33241f"), (800, "#1c1517"))
    # arched window in the middle
    cx = 600
    arch = [(cx - 130, 640)] + [(cx + 130 * math.cos(t), 240 - 130 * math.sin(t)) for t in np.linspace(math.pi, 0, 40)] + [(cx + 130, 640)]
    big = [(cx - 152, 640)] + [(cx + 152 * math.cos(t), 240 - 152 * math.sin(t)) for t in np.linspace(math.pi, 0, 40)] + [(cx + 152, 640)]
    s.polygon(big, "#5f4332")
    s.polygon(arch, [(110, "#16305c"), (420, "#5b6fa8"), (640, "#f0b48c")])
    keep = s.a.copy()
    s.stars(260, 460)
    s.ellipses([(650, 230, 34, 34)], "#fff4d8")
    s.ellipses([(664, 222, 30, 30)], "#263f6e")
    s.ridge(640, 120, 5, "#3b3f6a", "#8a6f86", 120)
    hole = s.mask(lambda d: d.polygon([(a * SCALE, b * SCALE) for a, b in arch], fill=255))[:, :, None]
    s.a = keep * (1 - hole) + s.a * hole
    s.lines([[(cx, 110), (cx, 640)], [(cx - 130, 240), (cx + 130, 240)], [(cx - 130, 380), (cx + 130, 380)], [(cx - 130, 520), (cx + 130, 520)], [(cx - 65, 128), (cx - 65, 640)], [(cx + 65, 128), (cx + 65, 640)]], "#6b4c38", 6)
    palette = ["#a2402f", "#c98a3c", "#3f6b6a", "#7a2f3c", "#d8c49a", "#2f4a6b", "#5f7a4a", "#8a5a3a", "#b5654a", "#46365a", "#c9b07a", "#1f5a5c"]
    for x0, x1 in ((20, 420), (780, 1180)):
        s.rect(x0 - 14, 20, x1 + 14, 700, "#4a3126")
        s.rect(x0, 34, x1, 690, "#1f1414")
        for row in range(6):
            base = 140 + row * 108
            x = x0 + 5
            while x < x1 - 12:
                w = 9 + 17 * s.rng.random()
                h = 62 + 32 * s.rng.random()
                c = palette[int(s.rng.random() * len(palette))]
                if s.rng.random() < 0.05:
                    x += w
                    continue
                if x + w > x1 - 4:
                    break
                if s.rng.random() < 0.06 and x + w + 24 < x1:
                    s.polygon([(x, base), (x + w, base), (x + w + 22, base - h + 6), (x + 22, base - h)], c)
                    x += w + 24
                else:
                    s.rect(x, base - h, x + w, base, c, radius=2)
                    s.rect(x + 1, base - h + 2, x + 3.5, base - 2, "#ffffff", 0.16)
                    if w > 13:
                        s.rects([(x + 2, base - h + 12, x + w - 2, base - h + 15), (x + 2, base - 18, x + w - 2, base - 15)], "#f0dca8", 0.65)
                    x += w + 0.8
            s.rect(x0 - 4, base, x1 + 4, base + 12, "#6a4734")
            s.rect(x0, base + 12, x1, base + 26, "#000000", 0.35, 0, 5)
    # floor, table, lamp, reader
    s.paint(np.broadcast_to(np.clip(s.yy - 696, 0, 1), (s.h, s.w)), [(696, "#5a3a2a"), (800, "#2a1a16")])
    for x in range(0, 1200, 120):
        s.lines([[(600 + (x - 600) * 0.8, 698), (600 + (x - 600) * 1.25, 800)]], "#2a1a16", 2, 0.6)
    s.rect(330, 604, 870, 626, "#8a5c3c", radius=4)
    s.rects([(360, 626, 382, 760), (818, 626, 840, 760)], "#5f3d2a")
    s.ellipses([(600, 762, 300, 16)], "#000000", 0.35, 10)
    s.lines([[(700, 604), (700, 500)]], "#c9a35a", 6)
    s.ellipses([(700, 603, 34, 7)], "#c9a35a")
    s.polygon([(660, 508), (676, 470), (724, 470), (740, 508)], "#2f7a5c")
    s.polygon([(664, 510), (736, 510), (860, 604), (540, 604)], "#ffe2a0", 0.28, 10)
    s.glow(700, 520, 120, "#ffd88a", 0.55)
    s.glow(660, 590, 380, "#ffb866", 0.28, 1.5)
    s.ellipses([(510, 520, 26, 30)], "#2a1d20")
    s.polygon([(450, 606), (462, 560), (490, 544), (530, 544), (558, 562), (572, 606)], "#7a3a3c")
    s.ellipses([(508, 502, 28, 18)], "#1a1216")
    s.polygon([(560, 604), (566, 572), (612, 584), (612, 604)], "#f6ecd4")
    s.polygon([(664, 604), (658, 572), (612, 584), (612, 604)], "#e9dcc0")
    for i, (w, c) in enumerate(((90, "#a2402f"), (80, "#2f4a6b"), (94, "#c98a3c"), (70, "#5f7a4a"))):
        s.rect(770 - w / 2, 586 - i * 18, 770 + w / 2, 604 - i * 18, c, radius=3)
    # ladder
    s.lines([[(300, 716), (348, 60)], [(352, 716), (392, 60)]], "#9a6b44", 8)
    s.lines([[(304 + 3.7 * i * 0.98, 670 - i * 52), (356 + 3.1 * i, 670 - i * 52)] for i in range(12)], "#9a6b44", 6)
    return s.finished(vignette=0.4)


def tea():
    s = Scene(109)
    s.fill((0, "#8fc0c9"), (240, "#cfe3d2"), (400, "#fdeec6"))
    s.sun(860, 220, 42, "#fffbe6", "#ffe6a0", 270, 0.55)
    s.ridge(400, 210, 4, "#8db3b5", "#d9e8d2", 220, rough=0.5)
    s.mist(390, 50, "#f3f3dc", 0.8)
    line = s.ridge(440, 130, 5, "#6a9a8f", "#c3dcc0", 140)
    s.conifers(line, 60, 26, "#5a8a80", 0.7)
    s.mist(440, 46, "#f0f2da", 0.85)

    def terraces(base, amp, waves, phase, dark, light, step, depth):
        line = s.hills(base, amp, waves, phase, light, dark, depth)
        below = s.below(line)
        d = s.yy - line[None, :]
        bend = 26 * np.sin(s.xx / 210 + phase * 7) + 14 * np.sin(s.xx / 90 + phase * 3)
        u = np.clip(d + bend * np.clip(d / 120, 0, 1), 0, None)
        rows = u**0.86 / step
        f = rows - np.floor(rows)
        texture = fractal_noise(s.rng, s.h, s.w, 130, 160, 2)
        ridge = np.clip(np.sin(np.pi * f) * 1.5 - 0.2 + (texture - 0.5) * 0.8, 0, 1)
        s.paint(below * (1 - ridge), dark, 0.75)
        s.paint(below * np.clip(ridge - 0.55, 0, 1) * 2 * (1 - 0.5 * f), "#d9e88a", 0.5)
        return line

    terraces(480, 34, 0.7, 0.1, "#2f6a4c", "#8fb765", 9, 200)
    s.mist(520, 34, "#eef2d0", 0.6)
    l2 = terraces(580, 46, 0.55, 0.55, "#235a3c", "#76a94e", 14, 260)
    for x, h in ((880, 120), (930, 90), (850, 84)):
        y = float(l2[int(x * SCALE)]) + 6
        s.rect(x - 3, y - h * 0.6, x + 3, y, "#3b4a30")
        s.bush(x, y - h * 0.72, h * 0.34, h * 0.36, "#3f7048", 50)
        s.bush(x - 8, y - h * 0.82, h * 0.2, h * 0.2, "#6f9a55", 30)
    # pavilion
    px, py = 990, float(l2[990 * SCALE]) + 8
    s.rects([(px - 40, py - 56, px - 34, py), (px + 34, py - 56, px + 40, py), (px - 3, py - 56, px + 3, py)], "#7a3a30")
    s.polygon([(px - 74, py - 46), (px - 40, py - 66), (px, py - 98), (px + 40, py - 66), (px + 74, py - 46), (px + 36, py - 54), (px - 36, py - 54)], "#4a5560")
    s.ellipses([(px, py - 99, 4, 7)], "#4a5560")
    terraces(690, 50, 0.6, 0.95, "#174a30", "#5f9a3f", 22, 240)
    # pickers
    for x, y, c in ((260, 640, "#b5403a"), (330, 654, "#2f5a8a"), (560, 700, "#c98a3c")):
        s.ellipses([(x, y - 30, 13, 22)], c)
        s.ellipses([(x, y - 56, 9, 10)], "#6a4a38")
        s.polygon([(x - 26, y - 56), (x, y - 76), (x + 26, y - 56)], "#e9d7a0")
        s.rect(x + 10, y - 42, x + 30, y - 14, "#9a7444", radius=5)
    return s.finished()


def observatory():
    s = Scene(113)
    s.fill((0, "#0a1026"), (420, "#1b2d5c"), (640, "#4d5f96"), (720, "#c08a8c"))
    # star trails round the pole
    cx, cy = 420, 260
    segments = {0: [], 1: [], 2: []}
    for _ in range(520):
        r = 8 + 900 * s.rng.random() ** 0.8
        a = s.rng.random() * 2 * math.pi
        length = 0.35
        segments[int(s.rng.random() * 3)].append([(cx + r * math.cos(a + t), cy + r * math.sin(a + t)) for t in np.linspace(0, length, 24)])
    before = s.a.copy()
    for key, colour in ((0, "#cfe0ff"), (1, "#fff0d0"), (2, "#9fb4f0")):
        s.lines(segments[key], colour, 1.2, 0.65)
    fade = np.clip((640 - s.yy) / 300, 0, 1)[:, :, None]
    s.a = before * (1 - fade) + s.a * fade
    s.ellipses([(cx, cy, 3, 3)], "#ffffff")
    s.ridge(690, 150, 4, "#46548a", "#8a7a9a", 170)
    s.ridge(720, 110, 6, "#2c3868", "#6a6088", 130)
    s.mist(705, 30, "#c9a0a8", 0.5)
    line = np.interp(s.xx[0], [0, 300, 560, 700, 980, 1200], [770, 740, 670, 640, 640, 690]).astype(np.float32) + s.ridge_line(0, 18, 12).astype(np.float32)
    s.ridge(0, 0, 0, "#171d38", "#0a0d1c", 140, line=line)
    s.conifers(line, 40, 60, "#0c1124", x0=0, x1=560)
    s.conifers(line, 12, 60, "#0c1124", x0=1060, x1=1220)
    # dome
    x, y = 830, 636
    s.rect(x - 132, y - 120, x + 132, y + 20, [(y - 120, "#c9cede"), (y + 20, "#7f86a4")])
    s.rect(x + 20, y - 120, x + 132, y + 20, "#2a3054", 0.45, 0, 14)
    dome = [(x + 150 * math.cos(t), y - 120 - 150 * math.sin(t)) for t in np.linspace(0, math.pi, 60)]
    s.polygon(dome, [(y - 270, "#f0f3fa"), (y - 120, "#aab2ca")])
    inside = s.mask(lambda d: d.polygon([(a * SCALE, b * SCALE) for a, b in dome], fill=255))
    s.paint(inside * np.clip((s.xx - x + 20) / 170, 0, 1), "#2a3054", 0.75)
    slit = [(x - 62 + 4, y - 120), (x - 62, y - 200), (x - 40, y - 262), (x - 6, y - 270), (x - 20, y - 200), (x - 16, y - 120)]
    s.polygon(slit, "#151a30")
    s.polygon([(x - 50, y - 134), (x - 84, y - 228), (x - 60, y - 236), (x - 26, y - 140)], "#e8a05a", 0.9)
    s.glow(x - 40, y - 160, 46, "#ff9a5a", 0.7)
    s.rect(x - 158, y - 128, x + 158, y - 114, "#8a92b0", radius=3)
    for k in (-100, -60, 60, 100):
        s.lines([[(x + k, y - 114), (x + k, y + 10)]], "#6a7294", 2, 0.6)
    s.rect(x - 24, y - 60, x + 16, y + 20, "#ffd79a", radius=3)
    s.rect(x - 24, y - 60, x + 16, y + 20, "#ffd79a", 0.5, 3, 10)
    s.rect(x - 290, y - 56, x - 130, y + 24, "#8a91ac")
    s.polygon([(x - 300, y - 54), (x - 270, y - 88), (x - 150, y - 88), (x - 124, y - 54)], "#3a4060")
    s.rects([(x - 270, y - 38, x - 240, y - 10), (x - 220, y - 38, x - 190, y - 10), (x - 170, y - 38, x - 150, y - 10)], "#ffd79a", 0.95, 2)
    s.person(x - 60, y + 26, 62, "#0c1022")
    s.person(x - 36, y + 26, 46, "#0c1022")
    s.polygon([(x - 24, y + 22), (x + 16, y + 22), (x + 60, y + 90), (x - 90, y + 90)], "#ffcf8a", 0.25, 10)
    return s.finished()


def lantern_street():
    s = Scene(127)
    s.fill((0, "#141a3a"), (260, "#3b2f5c"), (420, "#a0566a"), (500, "#f0a070"))
    s.stars(120, 260)
    s.ridge(500, 90, 6, "#5a3f66", "#b06a72", 100)
    vx, vy = 600, 470

    def along(t):
        """Scale at depth t: 1 near, towards 0 far."""
        return 1 / (1 + t)

    # houses from far to near on both sides
    for t in (7, 5, 3.6, 2.6, 1.8, 1.15, 0.6, 0.15):
        k = along(t)
        dark = np.array(rgb("#1a1428")) * k + np.array(rgb("#6a4460")) * (1 - k)
        wall = "#%02x%02x%02x" % tuple(int(c * 255) for c in np.clip(dark * 1.25 + 0.04, 0, 1))
        roof = "#%02x%02x%02x" % tuple(int(c * 255) for c in dark * 0.75)
        for side in (-1, 1):
            inner = vx + side * 330 * k
            outer = vx + side * 1200 * k
            top = vy - 330 * k * (0.85 + 0.3 * s.rng.random())
            ground = vy + 330 * k
            lo, hi = sorted((inner, outer))
            s.rect(lo, top, hi, ground, wall)
            # upturned eaves
            ex = inner - side * 70 * k
            s.polygon([(ex, top - 34 * k), (ex + side * 26 * k, top - 6 * k), (outer, top + 4 * k), (outer, top - 120 * k), (inner + side * 190 * k, top - 120 * k), (inner + side * 60 * k, top - 40 * k)], roof)
            s.lines([[(inner + side * (70 + i * 60) * k, top - 40 * k), (inner + side * (60 + i * 60) * k, top + 2 * k)] for i in range(14)], "#000000", max(0.6, 3 * k), 0.25)
            wins = []
            for i in range(5):
                a = inner + side * (50 + i * 150) * k
                b = inner + side * (150 + i * 150) * k
                wins.append((min(a, b), top + 50 * k, max(a, b), top + 150 * k))
                wins.append((min(a, b), ground - 210 * k, max(a, b), ground - 60 * k))
            s.rects(wins, "#ffc068", 0.85)
            s.rects(wins, "#ffb050", 0.35, 0, 8)
            bars = []
            for x0, y0, x1, y1 in wins:
                for i in range(1, 4):
                    bars.append([(x0 + (x1 - x0) * i / 4, y0), (x0 + (x1 - x0) * i / 4, y1)])
                bars.append([(x0, (y0 + y1) / 2), (x1, (y0 + y1) / 2)])
            s.lines(bars, roof, max(0.7, 5 * k))
    s.mist(480, 70, "#e08a70", 0.35)
    # street
    street = [(vx - 22, vy + 36), (vx + 22, vy + 36), (vx + 470, 800), (vx - 470, 800)]
    s.polygon([(0, 800), (vx - 330 * 0.87, vy + 330 * 0.87), (vx - 40, vy + 30), (vx + 40, vy + 30), (vx + 330 * 0.87, vy + 330 * 0.87), (1200, 800)], [(500, "#8a5a5c"), (800, "#2a2236")])
    # lanterns
    spots = []
    for t in (6, 4.6, 3.4, 2.5, 1.8, 1.25, 0.8, 0.45):
        k = along(t)
        for side in (-1, 1):
            spots.append((vx + side * 250 * k, vy - 190 * k, 34 * k))
    for t in (2.0, 0.9):
        k = along(t)
        line = [(vx + 250 * k * u, vy - 250 * k + 60 * k * (1 - u * u)) for u in np.linspace(-1, 1, 21)]
        s.lines([line], "#2a1a24", max(1, 3 * k))
        for u in (-0.66, -0.33, 0, 0.33, 0.66):
            spots.append((vx + 250 * k * u, vy - 250 * k + 60 * k * (1 - u * u) + 34 * k, 26 * k))
    s.ellipses([(x, y, r * 3.2, r * 3) for x, y, r in spots], "#ff5a36", 0.22, 22)
    s.lines([[(x, y - r * 2.2), (x, y)] for x, y, r in spots], "#2a1a24", 1.4)
    s.ellipses([(x, y, r, r * 0.86) for x, y, r in spots], "#d9322a")
    s.ellipses([(x, y, r * 0.62, r * 0.8) for x, y, r in spots], "#f2603a")
    s.ellipses([(x, y, r * 0.26, r * 0.76) for x, y, r in spots], "#ffc07a")
    s.rects([(x - r * 0.42, y - r * 1.0, x + r * 0.42, y - r * 0.8) for x, y, r in spots], "#e9b04a")
    s.rects([(x - r * 0.42, y + r * 0.8, x + r * 0.42, y + r * 1.0) for x, y, r in spots], "#e9b04a")
    s.lines([[(x, y + r), (x, y + r * 1.7)] for x, y, r in spots], "#e9b04a", 2)
    # wet reflections
    stone = fractal_noise(s.rng, s.h, s.w, 70, 12, 3)
    glowing = np.clip((s.yy - 520) / 280, 0, 1)
    for x, y, r in spots:
        d = np.exp(-(((s.xx - x - (x - vx) * 0.25) / (r * 1.1 + 3)) ** 2))
        s.screen(d * np.exp(-(((s.yy - (2 * (vy + 60) - y + 40)) / (r * 4 + 20)) ** 2)) * np.clip(stone * 1.6 - 0.35, 0, 1) * 0.75 * (s.yy > 520), "#ff7a48")
    s.paint(np.clip(stone - 0.55, 0, 1) * glowing, "#0d0a16", 0.9)
    for x, y, h, c in ((560, 560, 78, "#1a1222"), (584, 558, 66, "#241626"), (668, 604, 120, "#140e1c"), (500, 650, 160, "#120c1a"), (455, 654, 108, "#1a101e")):
        s.person(x, y, h, c)
    s.polygon([(612, 520), (668, 486), (724, 520)], "#b53a3a")
    s.lines([[(668, 486), (668, 560)]], "#1a1222", 3)
    return s.finished(vignette=0.35)


def dunes():
    s = Scene(131)
    s.fill((0, "#3f6a9a"), (220, "#8fb0c4"), (400, "#f7dcb0"), (460, "#ffd09a"))
    s.sun(240, 330, 44, "#fffaf0", "#ffdf9a", 280, 0.7)
    s.ridge(450, 80, 4, "#c7a892", "#f2cfa2", 100, octaves=4)

    def dune(peaks, light, shade, bottom, depth, soft):
        xs = [p[0] for p in peaks]
        ys = [p[1] for p in peaks]
        fine = np.interp(s.xx[0], xs, ys)
        kernel = np.hanning(int(soft * SCALE) | 1)
        kernel /= kernel.sum()
        pad = len(kernel) // 2
        line = np.convolve(np.pad(fine, pad, "edge"), kernel, "valid")[: s.w].astype(np.float32)
        s.ridge(0, 0, 0, light, bottom, depth, line=line)
        # the lee side lies in shade: a crest line running down from every peak
        for i, (px, py) in enumerate(peaks):
            if 0 < i < len(peaks) - 1 and py < peaks[i - 1][1] and py < peaks[i + 1][1]:
                yc = float(line[min(s.w - 1, max(0, int(px * SCALE)))])
                nx, ny = peaks[i + 1]
                crest = [(px + (nx - px) * 0.25 * t + 60 * math.sin(t * 3.0), yc + t * (830 - yc)) for t in np.linspace(0, 1, 20)]
                mask = s.mask(lambda d: d.polygon([(a * SCALE, b * SCALE) for a, b in crest + [(nx + 120, 860), (nx + 60, ny), (px, yc)]], fill=255), 1)
                s.paint(mask * s.below(line) * np.clip(1 - (s.yy - yc) / (depth * 1.5), 0, 1), shade, 0.85)
        ripples = fractal_noise(s.rng, s.h, s.w, 150, 10, 2)
        s.paint(s.below(line) * np.clip(ripples - 0.5, 0, 1), shade, 0.35)
        return line

    dune([(-50, 450), (180, 400), (420, 470), (640, 390), (900, 470), (1100, 410), (1260, 450)], "#f0b878", "#b5744e", "#e2a468", 140, 50)
    s.mist(470, 40, "#ffdcae", 0.4)
    line = dune([(-50, 560), (120, 540), (420, 450), (700, 590), (980, 480), (1250, 570)], "#eda65c", "#93503c", "#d98a4a", 220, 60)
    # caravan along the second dune
    c = "#3a1e22"
    for i, x in enumerate((196, 248, 300, 352)):
        y = float(line[int(x * SCALE)]) + 2
        s.ellipses([(x, y - 24, 15, 8), (x - 3, y - 31, 7, 8)], c)
        s.lines([[(x - 10, y - 22), (x - 11, y)], [(x - 5, y - 20), (x - 4, y)], [(x + 8, y - 20), (x + 7, y)], [(x + 12, y - 22), (x + 13, y)]], c, 2.4)
        s.lines([[(x + 12, y - 26), (x + 20, y - 28), (x + 23, y - 42)]], c, 4)
        s.ellipses([(x + 26, y - 43, 6, 3.4)], c)
        if i % 2:
            s.rect(x - 9, y - 40, x + 5, y - 29, "#b5403a", radius=3)
    y = float(line[400 * SCALE])
    s.person(400, y + 3, 34, c)
    s.person(158, float(line[158 * SCALE]) + 2, 34, c)
    dune([(-50, 760), (300, 700), (760, 560), (1010, 700), (1250, 640)], "#e08f44", "#6a3232", "#b5632f", 300, 70)
    dune([(-50, 700), (240, 640), (620, 800), (1250, 860)], "#c9722f", "#52262a", "#8f4526", 220, 60)
    s.clouds(0, 260, "#ffffff", 0.35, 0.4, 16, 3)
    return s.finished()


def river_library():
    s = Scene(137)
    s.fill((0, "#2f5f8a"), (200, "#79a8b8"), (360, "#fbd9a0"), (450, "#ffb877"))
    s.sun(760, 392, 40, "#fff6dc", "#ffb866", 270, 0.75)
    s.clouds(60, 380, "#ffd8b4", 0.45, 0.42, 20, 4)
    s.ridge(452, 62, 4, "#a07a84", "#eab08a", 80)
    s.ridge(456, 26, 9, "#6a5a6a", "#b08078", 50)
    for x, h in ((40, 150), (90, 120), (140, 170), (190, 110), (980, 130), (1030, 175), (1090, 140), (1150, 165)):
        s.palm(x, 458, h, "#3a3448", 0.06 * (1 if s.rng.random() > 0.5 else -1))
    s.houses(225, 420, 458, 18, 44, ["#8a6460", "#a87a66", "#75545c"], roof="#8a6460", narrow=38)
    s.ellipses([(330, 408, 24, 24)], "#7a5a60")
    s.rect(306, 408, 354, 458, "#7a5a60")
    s.rects([(372, 366, 382, 458)], "#75545c")
    s.ellipses([(377, 366, 8, 12)], "#75545c")
    s.rect(0, 452, 1200, 462, "#4a3d4c")
    s.sailboat(900, 470, 60, "#4a3440", "#fff0d8")
    s.sailboat(520, 466, 34, "#4a3440", "#fbe3c4")
    s.water(460, "#274a68", 0.14, 8, 1, "#ffe2b0", 0.25)
    # the library boat
    x, y = 560, 640
    s.ellipses([(x, y + 28, 300, 14)], "#14283c", 0.5, 8)
    s.polygon([(x - 330, y - 62), (x - 270, y - 30), (x + 250, y - 30), (x + 340, y - 80), (x + 270, y + 30), (x - 250, y + 30)], [(y - 80, "#2f7a78"), (y - 8, "#226060"), (y - 7, "#e9d7b0"), (y + 2, "#e9d7b0"), (y + 3, "#8f3a34"), (y + 30, "#5f2428")])
    s.rect(x - 210, y - 150, x + 190, y - 30, "#7a4f36")
    s.rect(x - 202, y - 142, x + 182, y - 36, "#33221e")
    palette = ["#c94f3d", "#e3a23a", "#3f8f8c", "#f0dcae", "#6a4a7a", "#7d9a4a", "#2f5a8a", "#d9785a"]
    for row in range(2):
        base = y - 92 + row * 52
        px = x - 198
        while px < x + 176:
            w = 6 + 9 * s.rng.random()
            s.rect(px, base - 26 - 16 * s.rng.random(), px + w, base, palette[int(s.rng.random() * 8)], radius=1)
            px += w + 0.7
        s.rect(x - 206, base, x + 186, base + 6, "#8a5c3c")
    s.rects([(x - 78, y - 150, x - 70, y - 30), (x + 54, y - 150, x + 62, y - 30)], "#7a4f36")
    n = 12
    for i in range(n):
        a, b = x - 236 + 452 * i / n, x - 236 + 452 * (i + 1) / n
        s.polygon([(x + (a - x) * 0.92, y - 198), (x + (b - x) * 0.92, y - 198), (b, y - 148), (a, y - 148)], ("#f6ecd8", "#c8553d")[i % 2])
        s.ellipses([((a + b) / 2, y - 148, (b - a) / 2, 9)], ("#f6ecd8", "#c8553d")[i % 2])
    bulbs = [(x - 220 + i * 35, y - 130, 4, 4) for i in range(13)]
    s.ellipses([(a, b, 12, 12) for a, b, _, _ in bulbs], "#ffd98a", 0.5, 7)
    s.ellipses(bulbs, "#fff3cf")
    s.person(x - 256, y - 34, 96, "#2a2030")
    s.person(x + 226, y - 34, 92, "#3a2030")
    s.person(x - 130, y - 30, 72, "#241a2a")
    s.person(x + 10, y - 30, 58, "#241a2a")
    s.polygon([(x + 236, y - 92), (x + 258, y - 100), (x + 262, y - 82), (x + 240, y - 74)], "#f6ecd8")
    for i in range(5):
        s.ellipses([(x + 8 * math.sin(i * 2.2), y + 42 + i * 13, 270 - 30 * i, 4)], "#ffdca0", 0.3 - i * 0.04, 3)
    # reeds
    reeds = []
    for _ in range(130):
        rx = s.rng.random() ** 2 * 330 if s.rng.random() < 0.5 else 1200 - s.rng.random() ** 2 * 300
        h = 60 + 130 * s.rng.random()
        reeds.append([(rx, 805), (rx + 6 * s.rng.normal(), 805 - h * 0.6), (rx + 16 * s.rng.normal(), 805 - h)])
    s.lines(reeds, "#16222a", 3)
    return s.finished()


def meteors():
    s = Scene(149)
    s.fill((0, "#060a1e"), (350, "#142452"), (560, "#3a3f7a"), (660, "#8a5a86"), (720, "#e0926a"))
    s.milky_way(760, -0.5, 110, ("#86a0f0", "#ffd0b8"), 0.5)
    s.stars(1700, 700)
    rx, ry = 470, 120
    for _ in range(15):
        a = s.rng.random() * 2 * math.pi
        r0 = 60 + 330 * s.rng.random()
        length = 70 + 150 * s.rng.random()
        p = [(rx + math.cos(a) * (r0 + length * t), ry + math.sin(a) * (r0 + length * t)) for t in (0, 0.5, 1)]
        if p[2][1] > 560:
            continue
        s.lines([p], "#bfe3ff", 3.4, 0.3, 2)
        s.lines([p[1:]], "#ffffff", 2.2, 0.95, 0.5)
        s.glow(p[2][0], p[2][1], 7, "#dff6e8", 0.9)
    s.ridge(720, 60, 5, "#4a3f6a", "#a06a78", 80, octaves=4)
    # mesas
    def mesa(x, w, top, c0, c1):
        pts = [(x - w * 0.9, 760), (x - w * 0.62, top + 90), (x - w * 0.5, top + 70), (x - w * 0.47, top + 6), (x - w * 0.2, top), (x + w * 0.3, top + 4), (x + w * 0.45, top + 10), (x + w * 0.5, top + 74), (x + w * 0.66, top + 96), (x + w, 760)]
        s.polygon(pts, [(top, c0), (760, c1)])
    mesa(180, 200, 560, "#241f42", "#5a3a52")
    mesa(1010, 150, 520, "#2a2348", "#644056")
    mesa(860, 70, 600, "#2f274c", "#6a445a")
    line = s.hills(745, 18, 0.8, 0.3, "#1a1428", "#0a0812", 70)
    # tent, camp and watchers
    s.polygon([(610, 742), (690, 668), (770, 742)], "#c9783c")
    s.polygon([(676, 742), (690, 668), (706, 742)], "#ffdf9a")
    s.glow(692, 716, 90, "#ffb45e", 0.6)
    for x, h in ((520, 62), (548, 66), (846, 64)):
        s.person(x, 752, h, "#0a0812")
    s.lines([[(866, 716), (880, 750)], [(866, 716), (852, 750)], [(850, 724), (886, 704)]], "#0a0812", 4)
    s.bush(300, 762, 60, 22, "#0a0812", 50)
    s.bush(1120, 766, 80, 26, "#0a0812", 50)
    return s.finished()


def mountain_station():
    s = Scene(151)
    s.fill((0, "#a9cbd8"), (260, "#e3e6d6"), (420, "#fdeccb"))
    s.clouds(0, 300, "#ffffff", 0.7, 0.5, 12, 4)
    s.ridge(420, 230, 4, "#93adb5", "#e6e3cf", 210)
    s.ridge(470, 170, 5, "#7f8f86", "#d9c9a0", 170)
    s.mist(440, 60, "#f7efd9", 0.7)
    line = s.ridge(520, 130, 5, "#a86a3c", "#d9a45a", 160)
    for layer, colours in ((0, ("#b5522f", "#d98a3a", "#c9662f", "#8a6a3a")), (1, ("#d9502f", "#e8a83c", "#f0c04c", "#b53a2a"))):
        for _ in range(130):
            x = s.rng.random() * 1240 - 20
            y = float(line[min(s.w - 1, max(0, int(x * SCALE)))]) + 10 + layer * 50 + 60 * s.rng.random()
            r = 16 + 16 * s.rng.random() + layer * 6
            s.bush(x, y, r, r * 0.95, colours[int(s.rng.random() * 4)], 12, 0.95)
    s.conifers(line + 90, 26, 76, "#3f5a48", 0.9)
    s.mist(600, 30, "#f7e6c4", 0.5)
    s.paint(np.broadcast_to(np.clip(s.yy - 612, 0, 1), (s.h, s.w)), [(612, "#b58a52"), (700, "#8a6a48"), (800, "#5a4436")])
    # station building
    s.ellipses([(320, 634, 240, 12)], "#2a1e1a", 0.5, 8)
    s.rect(140, 500, 480, 632, "#efe3cc")
    s.rect(140, 590, 480, 632, "#6a4a38")
    s.lines([[(140 + i * 20, 590), (140 + i * 20, 632)] for i in range(18)], "#4f3629", 1.6)
    s.lines([[(140, 500), (140, 632)], [(226, 500), (226, 632)], [(310, 500), (310, 632)], [(396, 500), (396, 632)], [(480, 500), (480, 632)]], "#5a3d2e", 6)
    s.polygon([(100, 506), (180, 432), (450, 432), (528, 506)], [(432, "#5a6a72"), (506, "#38444c")])
    s.lines([[(180 + i * 22.5, 432), (100 + i * 35.6, 506)] for i in range(13)], "#2f3a42", 1.6, 0.7)
    s.rect(176, 424, 454, 436, "#2f3a42", radius=3)
    wins = [(156, 520, 212, 576), (240, 520, 296, 576), (410, 520, 466, 576)]
    s.rects(wins, "#ffd98a", 1, 2)
    s.rects(wins, "#ffd98a", 0.4, 2, 8)
    s.lines([[((a + c) / 2, b), ((a + c) / 2, d)] for a, b, c, d in wins] + [[(a, (b + d) / 2), (c, (b + d) / 2)] for a, b, c, d in wins], "#5a3d2e", 3)
    s.rect(326, 516, 382, 632, "#7a4f36")
    s.rect(332, 524, 376, 600, "#ffe3a8", 0.9)
    cols = ["#a2402f", "#3f6b6a", "#c98a3c", "#2f4a6b", "#5f7a4a"]
    for wx in (156, 240, 410):
        for i in range(8):
            h = 16 + 8 * s.rng.random()
            s.rect(wx + 2 + i * 6.6, 576 - h, wx + 7.6 + i * 6.6, 576, cols[int(s.rng.random() * 5)])
    # platform and track
    s.polygon([(0, 640), (700, 632), (760, 664), (0, 682)], "#cfc2ac")
    s.polygon([(0, 682), (760, 664), (760, 680), (0, 700)], "#8a7c6a")
    s.lines([[(0, 656), (715, 645)]], "#f0c04c", 4, 0.9)
    sleepers = [[(x, 700), (x - 26, 748)] for x in range(20, 1240, 34)]
    s.lines(sleepers, "#4a362b", 8)
    s.lines([[(0, 712), (1200, 706)], [(0, 738), (1200, 730)]], "#d8d0c6", 5)
    # railcar
    s.ellipses([(930, 738, 270, 12)], "#1e1613", 0.55, 8)
    s.rect(690, 520, 1170, 712, [(520, "#fbf1dc"), (598, "#f7e9cc"), (640, "#f7e9cc"), (641, "#c94a34"), (712, "#9a2f2a")], radius=22)
    s.rect(700, 512, 1160, 532, "#8f9aa0", radius=10)
    glass = [(776, 556, 842, 620), (858, 556, 924, 620), (940, 556, 1006, 620), (1022, 556, 1088, 620)]
    s.rects(glass, [(556, "#4a7486"), (620, "#bcd6d2")], 1, 6)
    s.rects([(702, 550, 752, 624), (1108, 550, 1158, 624)], "#3a5a6a", 1, 8)
    s.rect(690, 648, 1170, 655, "#fbf1dc", 0.9)
    s.ellipses([(706, 676, 9, 9), (1154, 676, 9, 9)], "#fff0b8")
    s.glow(700, 676, 60, "#ffe2a0", 0.6)
    s.rect(720, 706, 1140, 726, "#2a2422", radius=3)
    wheels = [(x, 726, 18, 18) for x in (768, 822, 1040, 1094)]
    s.ellipses(wheels, "#1e1a1a")
    s.ellipses([(a, b, 7, 7) for a, b, _, _ in wheels], "#7a726c")
    s.person(600, 660, 104, "#3a3040")
    s.person(560, 662, 70, "#8f3a34")
    s.polygon([(588, 606), (612, 602), (612, 618), (588, 622)], "#fbf1dc")
    s.rect(40, 520, 48, 660, "#4f3a2f")
    s.rect(8, 520, 96, 560, "#fbf8f0", radius=3)
    s.rect(8, 546, 96, 553, "#2f7a5c")
    for x, y, r, c in ((30, 790, 90, "#7a3a24"), (150, 806, 70, "#9a5a2a"), (1150, 800, 90, "#8a4a26")):
        s.bush(x, y, r, r * 0.5, c, 60)
    leaves = [(s.rng.random() * 1200, 330 + s.rng.random() * 460, 4, 2.6) for _ in range(70)]
    s.ellipses(leaves, "#e8702f", 0.9)
    return s.finished()


def first_snow():
    s = Scene(157)
    s.fill((0, "#6a86c0"), (240, "#b9aed0"), (420, "#f7c8c4"), (520, "#ffe0c8"))
    s.clouds(60, 460, "#ffe3e0", 0.5, 0.42, 24, 3)
    # the cone
    x = s.xx[0]
    d = np.abs(x - 640)
    cone = 170 + np.maximum(d - 46, 0) ** 0.9 * 1.36
    cone = np.minimum(cone, 560) + 4 * s.ridge_line(0, 1, 40).astype(np.float32) * np.clip(d / 60, 0, 1)
    cone = cone.astype(np.float32)
    s.ridge(0, 0, 0, "#6f7fae", "#c7b4c8", 380, line=cone)
    body = s.below(cone)
    streak = fractal_noise(s.rng, s.h, s.w, 4, 60, 5)
    limit = 300 + 190 * (streak - 0.5) + 40 * np.sin(s.xx / 26)
    snow = body * np.clip((limit - s.yy) / 14, 0, 1)
    s.paint(snow, [(170, "#ffffff"), (420, "#f5e6ee")])
    s.paint(body * np.clip((s.xx - 640) / 160, 0, 1) * np.clip((460 - s.yy) / 200, 0, 1), "#5a6aa6", 0.42)
    s.paint(body * np.clip((640 - s.xx) / 160, 0, 1) * np.clip((460 - s.yy) / 200, 0, 1), "#ffc4b0", 0.38)
    s.mist(500, 50, "#ffe6da", 0.8)
    s.ridge(540, 60, 5, "#8a86b0", "#d9bccb", 70)
    line = s.ridge(552, 34, 8, "#5f6a96", "#a898b8", 50)
    s.conifers(line, 160, 22, "#4a5888", 0.9)
    s.mist(546, 16, "#ffe6da", 0.6)
    s.water(556, "#5a6aa0", 0.12, 4, 1, "#fff0e8", 0.15)
    # snowy shore, torii-free: a boat house and a jetty
    shore = np.interp(s.xx[0], [0, 220, 420, 600, 900, 1200], [690, 710, 748, 780, 770, 720]).astype(np.float32) + s.ridge_line(0, 8, 20).astype(np.float32)
    s.polygon([(430, 744), (780, 690), (800, 696), (470, 758)], "#7a6a78")
    s.lines([[(480 + i * 60, 742 - i * 9), (480 + i * 60, 770 - i * 9)] for i in range(6)], "#5a4c5c", 6)
    s.polygon([(430, 740), (780, 686), (800, 692), (470, 752)], "#f6f2f8")
    s.ridge(0, 0, 0, "#fbfaff", "#c3c6e0", 130, line=shore)
    s.conifers(shore, 9, 250, "#2f3a62", x0=-20, x1=170, sink=16)
    s.conifers(shore, 7, 210, "#2f3a62", x0=1050, x1=1210, sink=16)
    s.rect(250, 640, 380, 726, "#6a4a4c")
    s.lines([[(250 + i * 13, 640), (250 + i * 13, 726)] for i in range(11)], "#553a3e", 1.5)
    s.polygon([(232, 648), (315, 584), (398, 648)], "#fbfaff")
    s.rect(298, 664, 332, 704, "#ffd98a", radius=2)
    s.rect(298, 664, 332, 704, "#ffd98a", 0.55, 2, 9)
    s.polygon([(650, 742), (770, 736), (748, 758), (670, 760)], "#8f4a44")
    s.polygon([(650, 740), (770, 734), (768, 739), (653, 745)], "#ffffff", 0.9)
    flakes = [(s.rng.random() * 1200, s.rng.random() * 800, *(2 * [0.9 + 1.6 * s.rng.random() ** 2])) for _ in range(240)]
    s.ellipses(flakes, "#ffffff", 0.85, 0.4)
    return s.finished()


def aquarium():
    s = Scene(163)
    s.fill((0, "#1f7fb0"), (260, "#135a94"), (560, "#0b2f66"), (800, "#061a3c"))
    n = fractal_noise(s.rng, s.h, s.w, 3, 5, 4)
    for i in range(13):
        x = -100 + i * 110 + 50 * s.rng.random()
        w = 20 + 50 * s.rng.random()
        ray = s.mask(lambda d: d.polygon([(p[0] * SCALE, p[1] * SCALE) for p in ((x, -20), (x + w, -20), (x + w * 2.4 + 160, 760), (x + 100, 760))], fill=255), 12)
        s.screen(ray * np.clip(1 - s.yy / 640, 0, 1) * (0.1 + 0.18 * s.rng.random()), "#bdf0ff")
    s.screen(np.clip(n - 0.55, 0, 1) * np.clip(1 - s.yy / 300, 0, 1), "#c9f6ff")
    s.ridge(700, 60, 6, "#0a2a58", "#082046", 80)
    # school of fish
    fish = []
    for _ in range(130):
        a = s.rng.random() * 2 * math.pi
        r = math.sqrt(s.rng.random())
        x, y = 860 + math.cos(a) * r * 250, 250 + math.sin(a) * r * 90 + 30 * math.sin(r * 6)
        k = 5 + 4 * s.rng.random()
        fish.append([(x - k * 1.6, y), (x - k * 0.3, y - k * 0.55), (x + k, y), (x + k * 1.7, y - k * 0.5), (x + k * 1.7, y + k * 0.5), (x + k, y), (x - k * 0.3, y + k * 0.55)])
    s.many(fish, "#a9dcf0", 0.55)

    def jelly(x, y, r, colour, light):
        s.glow(x, y, r * 1.9, colour, 0.35)
        tentacles = []
        for i in range(13):
            u = (i - 6) / 6
            phase = s.rng.random() * 6
            length = r * (2.0 + 1.6 * s.rng.random())
            tentacles.append([(x + u * r * 0.8 + r * 0.14 * math.sin(t * 6 + phase) * (0.4 + t), y + length * t) for t in np.linspace(0, 1, 26)])
        s.lines(tentacles, colour, max(1, r * 0.025), 0.6)
        for i in range(4):
            phase = i * 1.7
            arm = [(x + (i - 1.5) * r * 0.24 + r * 0.16 * math.sin(t * 8 + phase), y + r * 1.7 * t) for t in np.linspace(0, 1, 30)]
            s.lines([arm], light, r * 0.14, 0.35, 3)
            s.lines([arm], light, r * 0.05, 0.5, 1)
        bell = [(x + r * math.cos(t), y - r * 0.82 * math.sin(t)) for t in np.linspace(0, math.pi, 40)]
        skirt = [(x - r + 2 * r * t, y + r * 0.12 * abs(math.sin(t * math.pi * 5))) for t in np.linspace(0, 1, 50)]
        s.polygon(bell + skirt, colour, 0.62, 1)
        inner = [(x + r * 0.72 * math.cos(t), y - r * 0.1 - r * 0.56 * math.sin(t)) for t in np.linspace(0, math.pi, 40)]
        s.polygon(inner, light, 0.45, 6)
        s.ellipses([(x - r * 0.3, y - r * 0.5, r * 0.24, r * 0.1)], "#ffffff", 0.55, 4)
        s.ellipses([(x + r * k, y - r * 0.22, r * 0.11, r * 0.15) for k in (-0.3, -0.1, 0.1, 0.3)], colour, 0.6, 2)

    jelly(220, 200, 60, "#7fb8f0", "#d0ecff")
    jelly(1060, 420, 46, "#a58af0", "#e6d8ff")
    jelly(760, 500, 34, "#7fb8f0", "#d0ecff")
    jelly(420, 270, 116, "#f08ab8", "#ffe0ee")
    jelly(700, 190, 84, "#b08af5", "#efe0ff")
    bubbles = [(s.rng.random() * 1200, s.rng.random() * 640, *(2 * [1.5 + 4 * s.rng.random() ** 3])) for _ in range(90)]
    s.ellipses(bubbles, "#dff6ff", 0.35)
    # visitors in front of the glass
    s.paint(np.broadcast_to(np.clip(s.yy - 726, 0, 1), (s.h, s.w)), [(726, "#0a1a36"), (800, "#04091a")])
    s.rect(0, 720, 1200, 730, "#2a5a8a", 0.8)
    for x, h in ((560, 210), (620, 128), (300, 196), (900, 204), (950, 196), (1004, 110)):
        s.person(x, 776, h, "#030a1c")
        s.ellipses([(x, 784, h * 0.2, 7)], "#000000", 0.4, 4)
    s.lines([[(606, 690), (590, 650)]], "#030a1c", 8)
    return s.finished(vignette=0.4)


def refuge(kind):
    seed = {"dawn": 173, "dusk": 179, "night": 181}[kind]
    s = Scene(seed)
    if kind == "dawn":
        s.fill((0, "#7fa6d0"), (300, "#f3cdb8"), (460, "#ffe3bd"))
        s.sun(330, 400, 40, "#fffaf0", "#ffd08a", 280, 0.6)
        tones = [("#b3b6cf", "#f3d9cb"), ("#8c97bb", "#e6c9c4"), ("#6479a0", "#b9aebc"), ("#3d5378", "#7f869e")]
        snow, shade = "#fff6ee", "#8a9ac6"
    elif kind == "dusk":
        s.fill((0, "#2f2a5e"), (240, "#7a4f8f"), (400, "#f0807a"), (500, "#ffc27a"))
        s.stars(120, 220)
        s.sun(880, 470, 46, "#fff0c4", "#ff9a5e", 270, 0.6)
        tones = [("#94608f", "#f09a80"), ("#6a4a86", "#c97a86"), ("#463a70", "#86567c"), ("#2a2850", "#54406a")]
        snow, shade = "#ffc4b4", "#54407a"
    else:
        s.fill((0, "#060c20"), (400, "#16264c"), (560, "#33486e"))
        s.milky_way(300, 0.45, 110, ("#8fa8f0", "#e8c8d0"), 0.5)
        s.stars(1500, 620)
        s.sun(930, 170, 34, "#fdf8e6", "#9fb8e8", 190, 0.5)
        tones = [("#2f4468", "#4d6288"), ("#22345a", "#3d527a"), ("#18284a", "#2f4268"), ("#0e1a34", "#1f3052")]
        snow, shade = "#b9cbec", "#142444"
    s.clouds(120, 430, snow, 0.3, 0.4, 20, 3)
    bases = ((500, 200, 5), (560, 220, 4), (620, 170, 5), (700, 150, 4))
    for i, ((top, bottom), (base, amp, cells)) in enumerate(zip(tones, bases)):
        line = s.ridge(base, amp, cells, top, bottom, amp + 40, octaves=8, rough=0.5)
        if i < 3:
            n = fractal_noise(s.rng, s.h, s.w, 12, 26, 5)
            depth = s.yy - line[None, :]
            cover = s.below(line) * np.clip((amp * (0.22 + 0.62 * n) - depth) / 16, 0, 1)
            high = np.clip((base - amp * 0.25 - line[None, :]) / (amp * 0.3), 0, 1)
            s.paint(cover * high, snow, 0.85 - 0.1 * i)
            slope = np.gradient(line)
            kernel = np.ones(25) / 25
            slope = np.convolve(slope, kernel, "same")
            # shade runs down the slopes at an angle, broken by the rock
            shift = (depth * 0.55 + 70 * (n - 0.5)) * SCALE
            column = np.clip(np.arange(s.w)[None, :] - shift, 0, s.w - 1).astype(np.int32)
            s.paint(s.below(line) * np.clip(slope[column] * 2.2, 0, 1) * np.clip(1 - depth / (amp * 0.9), 0, 1), shade, 0.5)
        if i < 3:
            s.mist(base + 6, 34, bottom, 0.6)
    dark = tones[3][0]
    s.conifers(line, 70, 60, dark, 0.95, x0=-20, x1=520)
    ledge = np.interp(s.xx[0], [0, 300, 560, 700, 960, 1200], [820, 780, 700, 668, 664, 640]).astype(np.float32) + s.ridge_line(0, 14, 16).astype(np.float32)
    s.ridge(0, 0, 0, snow, tones[3][1], 150, line=ledge)
    n = fractal_noise(s.rng, s.h, s.w, 16, 20, 5)
    s.paint(s.below(ledge) * np.clip(n - 0.55, 0, 1) * 3, tones[3][0], 0.6)
    wood, roof = {"dawn": ("#8a5a40", "#a23f38"), "dusk": ("#54303c", "#2f2440"), "night": ("#33283a", "#1a2038")}[kind]
    lamp = "#ffd27a"
    x, y = {"dawn": (800, 676), "dusk": (840, 672), "night": (780, 676)}[kind]
    s.rect(x - 110, y - 20, x + 110, y + 8, "#6a6a7a" if kind == "dawn" else "#2a2a40")
    s.rect(x - 100, y - 92, x + 100, y - 18, wood)
    s.lines([[(x - 100, y - 92 + i * 12), (x + 100, y - 92 + i * 12)] for i in range(7)], "#000000", 1.3, 0.3)
    if kind == "dusk":
        s.polygon([(x - 124, y - 86), (x - 60, y - 150), (x + 128, y - 150), (x + 128, y - 86)], roof)
    else:
        s.polygon([(x - 130, y - 84), (x, y - 168), (x + 130, y - 84)], roof)
        s.polygon([(x - 130, y - 84), (x, y - 168), (x + 130, y - 84), (x + 112, y - 86), (x, y - 156), (x - 112, y - 86)], snow, 0.9)
    wins = [(x - 78, y - 72, x - 46, y - 42), (x - 22, y - 72, x + 10, y - 42), (x + 60, y - 72, x + 88, y - 42)]
    s.rects(wins, lamp, 1, 2)
    s.rects(wins, lamp, 0.6, 2, 9)
    s.lines([[((a + c) / 2, b), ((a + c) / 2, d)] for a, b, c, d in wins], wood, 3)
    s.rect(x + 24, y - 74, x + 50, y - 18, "#2a1e24")
    if kind != "dawn":
        s.glow(x, y - 50, 130, "#ffb45e", 0.4, 1.4)
    s.rect(x + 56, y - 160, x + 74, y - 118, "#4a3f4a")
    for i in range(14):
        t = i / 14
        s.ellipses([(x + 65 + t * 110, y - 170 - t * 90, 8 + 22 * t, 7 + 14 * t)], "#ffffff" if kind == "dawn" else "#c9c4d8", 0.24 * (1 - t), 6)
    s.lines([[(x - 170, y + 10), (x - 170, y - 120)]], "#3a3040", 3)
    s.polygon([(x - 170, y - 118), (x - 126, y - 110), (x - 170, y - 98)], "#d9482f")
    if kind != "night":
        s.person(x - 208, y + 16, 62, "#2a2434")
        s.person(x - 236, y + 20, 58, "#6a2f34")
        s.lines([[(x - 222, y + 20), (x - 226, y - 30)]], "#2a2434", 2.4)
    s.conifers(ledge, 4, 210, tones[3][0], x0=1060, x1=1190, sink=18)
    s.conifers(ledge, 5, 130, tones[3][0], x0=330, x1=520, sink=18)
    return s.finished()


def windmill():
    s = Scene(191)
    s.fill((0, "#3f86b5"), (300, "#a9d0d6"), (520, "#fdf0cf"))
    s.clouds(20, 430, "#ffffff", 0.9, 0.52, 8, 4)
    s.clouds(220, 500, "#fff6e0", 0.6, 0.45, 22, 4)
    s.ridge(540, 50, 5, "#8fb0a8", "#d9dcb4", 70, octaves=4)
    line = s.hills(560, 18, 1.2, 0.3, "#7f9a62", "#c9c070", 120)
    for _ in range(26):
        x = s.rng.random() * 1200
        y = float(line[int(x * SCALE)])
        s.bush(x, y - 6, 22, 15, "#56785a", 16)
    s.rects([(180, 540, 214, 566), (220, 546, 250, 566)], "#efe3d0")
    s.polygon([(174, 542), (197, 522), (220, 542)], "#b5604a")
    s.polygon([(216, 548), (235, 532), (256, 548)], "#b5604a")
    s.rect(262, 512, 274, 566, "#e6d8c4")
    s.polygon([(259, 514), (268, 484), (277, 514)], "#5a6a78")
    line = s.hills(640, 40, 0.6, 0.75, "#e8c45a", "#c08a38", 200)
    rows = fractal_noise(s.rng, s.h, s.w, 200, 300, 2)
    s.paint(s.below(line) * np.clip(rows - 0.5, 0, 1), "#8a5c24", 0.6)
    s.paint(s.below(line) * np.clip(0.45 - rows, 0, 1), "#fff0a8", 0.9)
    # mill
    x, y = 760, 640
    s.ellipses([(x + 60, y + 6, 190, 14)], "#5a3c1c", 0.45, 9)
    s.polygon([(x - 92, y + 8), (x - 58, 330), (x + 58, 330), (x + 92, y + 8)], "#f1e7d4")
    mask = s.mask(lambda d: d.polygon([(a * SCALE, b * SCALE) for a, b in ((x + 4, 330), (x + 58, 330), (x + 92, y + 8), (x + 14, y + 8))], fill=255), 16)
    body = s.mask(lambda d: d.polygon([(a * SCALE, b * SCALE) for a, b in ((x - 92, y + 8), (x - 58, 330), (x + 58, 330), (x + 92, y + 8))], fill=255))
    s.paint(mask * body, "#6a6a86", 0.5)
    s.polygon([(x - 70, 336), (x - 54, 282), (x, 246), (x + 54, 282), (x + 70, 336)], [(246, "#8f4a3c"), (336, "#5a2f2c")])
    s.rect(x - 22, y - 66, x + 22, y + 8, "#5a3c2c", radius=6)
    s.rects([(x - 34, 400, x - 10, 436), (x + 18, 480, x + 42, 518), (x - 14, 350, x + 8, 376)], "#3f4a58", 1, 3)
    hub = (x - 12, 300)
    for k in range(4):
        a = math.radians(28 + 90 * k)
        ca, sa = math.cos(a), math.sin(a)

        def at(u, v):
            return (hub[0] + ca * u - sa * v, hub[1] + sa * u + ca * v)

        s.lines([[at(0, 0), at(240, 0)]], "#4a3428", 8)
        s.polygon([at(50, 3), at(236, 3), at(236, 46), at(50, 46)], "#fbf6e8", 0.9)
        bars = [[at(u, 0), at(u, 48)] for u in range(50, 240, 23)] + [[at(50, v), at(236, v)] for v in (16, 31, 46)]
        s.lines(bars, "#6a4c38", 2.4)
    s.ellipses([(hub[0], hub[1], 13, 13)], "#3a2a22")
    s.person(640, 648, 74, "#3a3444")
    s.person(612, 650, 70, "#8f3f38")
    # poppies in front
    front = s.hills(730, 22, 0.8, 0.1, "#a8a048", "#5f6a30", 90)
    stalks = []
    for _ in range(500):
        fx = s.rng.random() * 1200
        fy = float(front[int(fx * SCALE)]) + 70 * s.rng.random()
        stalks.append([(fx, fy + 20), (fx + 4 * s.rng.normal(), fy - 16 - 20 * s.rng.random())])
    s.lines(stalks, "#e0c860", 1.8, 0.8)
    blooms = []
    for _ in range(110):
        fx = s.rng.random() * 1200
        fy = float(front[int(fx * SCALE)]) + 66 * s.rng.random()
        r = 4 + 6 * (fy - 690) / 110
        blooms.append((fx, fy - 8, r, r * 0.8))
    s.ellipses(blooms, "#d9402f")
    s.ellipses([(a - 1, b - 2, r * 0.45, r * 0.35) for a, b, r, _ in blooms], "#f58a66")
    s.lines([s.bird(420, 190, 13), s.bird(470, 214, 9), s.bird(380, 226, 8)], "#34424e", 2)
    return s.finished()


def canal():
    s = Scene(193)
    s.fill((0, "#7fb0cf"), (240, "#cfe0dc"), (420, "#fdeccd"))
    s.clouds(0, 340, "#ffffff", 0.8, 0.5, 11, 4)
    s.houses(-20, 1220, 470, 170, 260, ["#c9785a", "#e3b98a", "#d9d0bc", "#8fa39a", "#b55f4f", "#e6cfa4", "#7f8fa3"], lit="#fff0c8", lit_share=0.15, roof="#6a4a46", narrow=84)
    s.mist(470, 40, "#fdeed6", 0.4)
    s.rect(0, 466, 1200, 500, "#a89a88")
    s.lines([[(0, 478), (1200, 478)], [(0, 489), (1200, 489)]], "#8a7c6c", 1.5, 0.7)
    for x in range(60, 1200, 190):
        s.rect(x - 5, 400, x + 5, 468, "#5a4436")
        s.bush(x, 372, 56, 58, "#7f8f4a", 60)
        s.bush(x - 10, 356, 38, 38, "#d9a83c", 36)
        s.bush(x + 18, 382, 26, 24, "#c97a34", 26)
    # bridge
    s.polygon([(640, 500), (700, 452), (820, 424), (900, 420), (980, 424), (1100, 452), (1170, 500)], "#b08a72")
    hole = [(900 + 150 * math.cos(t), 506 - 66 * math.sin(t)) for t in np.linspace(0, math.pi, 40)]
    s.polygon(hole, [(440, "#5f7f8a"), (500, "#9ab4b0")])
    s.lines([hole], "#7a5c4c", 7)
    s.lines([[(640, 488), (700, 440), (820, 410), (900, 406), (980, 410), (1100, 440), (1170, 488)]], "#4a4048", 4)
    s.lines([[(xx, 408 + abs(xx - 900) ** 1.75 * 0.0029), (xx, 432 + abs(xx - 900) ** 1.75 * 0.0029)] for xx in range(700, 1110, 18)], "#4a4048", 2)
    s.water(500, "#3f6a72", 0.2, 6, 1, "#fff4dc", 0.18)
    # barge
    s.polygon([(90, 600), (560, 600), (520, 650), (130, 650)], [(600, "#2f5f66"), (650, "#1c3c46")])
    s.rect(150, 556, 420, 602, "#e6d0a0", radius=4)
    s.rects([(170 + i * 50, 568, 200 + i * 50, 588) for i in range(5)], "#4a6a78", 1, 3)
    s.rect(140, 546, 430, 560, "#8f4a3c", radius=4)
    for i in range(6):
        s.bush(450 + i * 16, 590, 14, 14, ["#6a8a4a", "#d9506a", "#e8b04a"][i % 3], 12)
    s.rect(120, 650, 540, 660, "#16303a", 0.5, 3, 4)
    # quay in front with bicycles
    s.polygon([(0, 800), (0, 722), (1200, 690), (1200, 800)], [(690, "#b5a592"), (800, "#7a6a60")])
    s.polygon([(0, 722), (1200, 690), (1200, 702), (0, 736)], "#d6c8b4")
    stone = fractal_noise(s.rng, s.h, s.w, 80, 60, 2)
    s.paint(np.clip(stone - 0.5, 0, 1) * np.clip((s.yy - 720) / 30, 0, 1), "#4f443e", 0.7)

    def bicycle(x, y, r, colour):
        for cx in (x, x + r * 2.7):
            ring = [(cx + r * math.cos(t), y - r + r * math.sin(t)) for t in np.linspace(0, 2 * math.pi, 40)]
            s.lines([ring], "#22222c", r * 0.11)
            s.lines([[(cx, y - r), (cx + r * math.cos(t), y - r + r * math.sin(t))] for t in np.linspace(0, 2 * math.pi, 13)], "#55555f", 1, 0.7)
        a, b = (x, y - r), (x + r * 2.7, y - r)
        seat, head, pedal = (x + r * 0.75, y - r * 2.5), (x + r * 2.2, y - r * 2.6), (x + r * 1.15, y - r * 0.95)
        s.lines([[a, pedal], [pedal, seat], [a, (x + r * 0.82, y - r * 2.2)], [pedal, (x + r * 2.26, y - r * 2.3)], [(x + r * 0.8, y - r * 2.2), (x + r * 2.22, y - r * 2.4)], [head, b]], colour, r * 0.15)
        s.lines([[head, (x + r * 2.05, y - r * 2.95), (x + r * 2.5, y - r * 3.0)]], "#22222c", r * 0.12)
        s.rect(seat[0] - r * 0.36, seat[1] - r * 0.14, seat[0] + r * 0.36, seat[1] + r * 0.02, "#3a2a22", radius=4)
        s.ellipses([(pedal[0], pedal[1], r * 0.24, r * 0.24)], "#33333d")

    bicycle(700, 782, 46, "#c94a34")
    bicycle(930, 772, 46, "#2f7a78")
    s.rect(1010, 628, 1062, 660, "#a87a48", radius=5)
    for x in (640, 1160):
        s.rect(x - 4, 520, x + 4, 740, "#2f2f3a")
        s.ellipses([(x, 512, 14, 18)], "#fff0c0")
        s.rect(x - 12, 488, x + 12, 496, "#2f2f3a", radius=3)
    return s.finished()


def ferry_map():
    """The route of the night ferry: a diagram with a transparent ground."""
    k = 2
    w, h = 1000, 640
    image = Image.new("RGBA", (w * k, h * k), (0, 0, 0, 0))
    d = ImageDraw.Draw(image)

    def scaled(points):
        return [(x * k, y * k) for x, y in points]

    sea = Image.new("L", (w * k, h * k), 0)
    ImageDraw.Draw(sea).rounded_rectangle([10 * k, 10 * k, 990 * k, 630 * k], 40 * k, fill=120)
    sea = sea.filter(ImageFilter.GaussianBlur(8 * k))
    image.paste(Image.new("RGBA", image.size, (120, 180, 205, 255)), (0, 0), sea)
    rng = np.random.default_rng(7)

    def coast(points, colour, edge):
        rough = []
        for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1]):
            for t in np.linspace(0, 1, 14)[:-1]:
                rough.append((x0 + (x1 - x0) * t + rng.normal(0, 3.2), y0 + (y1 - y0) * t + rng.normal(0, 3.2)))
        d.polygon(scaled(rough), fill=colour)
        d.line(scaled(rough + rough[:1]), fill=edge, width=4 * k, joint="curve")

    coast([(40, 40), (400, 40), (380, 130), (300, 180), (270, 300), (180, 360), (150, 470), (40, 480)], (225, 213, 180, 255), (160, 140, 100, 255))
    coast([(640, 40), (960, 40), (960, 300), (900, 310), (840, 220), (740, 200), (690, 120)], (225, 213, 180, 255), (160, 140, 100, 255))
    coast([(520, 470), (640, 430), (760, 480), (800, 560), (700, 600), (560, 580)], (206, 217, 176, 255), (130, 150, 100, 255))
    stops = {"Old Quay": (302, 196), "Customs House": (262, 318), "Gannet Point": (552, 462), "Ropewalk": (826, 214), "Fish Dock": (692, 134)}
    route = [(302, 196), (340, 300), (262, 318), (400, 420), (552, 462), (700, 360), (826, 214), (740, 250), (692, 134), (520, 150), (302, 196)]
    smooth = []
    for i in range(len(route) - 1):
        p0, p1, p2, p3 = (np.array(route[max(0, min(len(route) - 1, j))], float) for j in (i - 1, i, i + 1, i + 2))
        for t in np.linspace(0, 1, 40)[:-1]:
            smooth.append(tuple(0.5 * ((2 * p1) + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t * t + (3 * p1 - p0 - 3 * p2 + p3) * t**3)))
    for i in range(0, len(smooth) - 8, 14):
        d.line(scaled(smooth[i : i + 9]), fill=(176, 58, 52, 255), width=6 * k, joint="curve")
    font = ImageFont.load_default(25 * k)
    small = ImageFont.load_default(18 * k)
    for name, (x, y) in stops.items():
        d.ellipse(scaled([(x - 12, y - 12), (x + 12, y + 12)]), fill=(255, 255, 255, 255), outline=(30, 45, 70, 255), width=5 * k)
        left = name in ("Old Quay", "Customs House")
        box = d.textbbox((0, 0), name, font)
        tw, th = (box[2] - box[0]) / k, (box[3] - box[1]) / k
        tx = x - 26 - tw if left else x + 24
        ty = y - 20
        d.rounded_rectangle(scaled([(tx - 7, ty - 3), (tx + tw + 7, ty + th + 16)]), 6 * k, fill=(255, 255, 255, 225))
        d.text((tx * k, ty * k), name, fill=(30, 45, 70, 255), font=font)
    d.rounded_rectangle(scaled([(56, 540), (330, 606)]), 10 * k, fill=(255, 255, 255, 225))
    d.line(scaled([(76, 562), (126, 562)]), fill=(176, 58, 52, 255), width=6 * k)
    d.text((140 * k, 548 * k), "night route", fill=(30, 45, 70, 255), font=small)
    d.line(scaled([(76, 590), (176, 590)]), fill=(30, 45, 70, 255), width=4 * k)
    d.text((190 * k, 577 * k), "1 kilometre", fill=(30, 45, 70, 255), font=small)
    return image.resize((w, h), Image.Resampling.LANCZOS)


def gps():
    """EXIF as a phone writes it: a mirror must strip it (the place is open sea)."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Demo Camera Works"
    exif[ExifTags.Base.Model] = "Harbour One"
    exif[ExifTags.Base.Artist] = "Heliograph demo newsroom"
    exif[ExifTags.Base.DateTime] = "2026:11:13 16:42:07"
    place = exif.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSVersionID] = b"\x02\x03\x00\x00"
    place[ExifTags.GPS.GPSLatitudeRef] = "N"
    place[ExifTags.GPS.GPSLatitude] = (0.0, 30.0, 0.0)
    place[ExifTags.GPS.GPSLongitudeRef] = "W"
    place[ExifTags.GPS.GPSLongitude] = (0.0, 30.0, 0.0)
    return exif


PICTURES = {
    "harbour.localhost/img/night-ferry.jpg": harbour,
    "harbour.localhost/img/ferry-route.png": ferry_map,
    "harbour.localhost/img/gannet-point.jpg": lighthouse,
    "harbour.localhost/img/fish-market.jpg": market,
    "harbour.localhost/img/line-7.jpg": tram,
    "harbour.localhost/img/chowder.jpg": chowder,
    "harbour.localhost/img/library-telescope.jpg": telescope,
    "harbour.localhost/ru/img/snow-train.jpg": snow_train,
    "harbour.localhost/ru/img/greenhouse.jpg": greenhouse,
    "harbour.localhost/ru/img/sound-archive.jpg": fog_city,
    "xinghe.localhost/images/2026/library.jpg": library,
    "xinghe.localhost/images/2026/tea.jpg": tea,
    "xinghe.localhost/images/2026/observatory.jpg": observatory,
    "xinghe.localhost/images/2026/lanterns.jpg": lantern_street,
    "meridian.localhost/media/dunes.jpg": dunes,
    "meridian.localhost/media/river-library.jpg": river_library,
    "meridian.localhost/media/meteors.jpg": meteors,
    "meridian.localhost/media/mountain-station.jpg": mountain_station,
    "meridian.localhost/media/first-snow.jpg": first_snow,
    "meridian.localhost/media/aquarium.jpg": aquarium,
    "meridian.localhost/media/refuge-dawn.jpg": lambda: refuge("dawn"),
    "meridian.localhost/media/refuge-dusk.jpg": lambda: refuge("dusk"),
    "meridian.localhost/media/refuge-night.jpg": lambda: refuge("night"),
    "meridian.localhost/media/windmill.webp": windmill,
    "meridian.localhost/media/canal.jpg": canal,
}
SMALL_COPY = ("dunes", "river-library", "meteors", "mountain-station", "first-snow", "aquarium")  # for srcset
LIMIT = 92_000


def save(image, path):
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".png":
        image.quantize(200, method=Image.Quantize.FASTOCTREE).save(path, optimize=True)
        return
    options = {"exif": gps()} if path.stem == "night-ferry" else {}
    if path.suffix == ".webp":
        options["method"] = 6
    else:
        options |= {"optimize": True, "progressive": True}
    for quality in (82, 78, 74, 70, 66, 62, 58):
        image.save(path, quality=quality, **options)
        if path.stat().st_size <= LIMIT:
            break
    if path.stem in SMALL_COPY:
        small = image.resize((image.width * 480 // image.width, image.height * 480 // image.width), Image.Resampling.LANCZOS)
        small.save(path.with_name(path.stem + "-480.jpg"), quality=70, optimize=True, progressive=True)


def main():
    wanted = sys.argv[1:]
    for name, draw in PICTURES.items():
        if wanted and pathlib.PurePath(name).stem not in wanted:
            continue
        path = ROOT / name
        save(draw(), path)
        print(f"{path.stat().st_size:7d}  {name}")


if __name__ == "__main__":
    main()
