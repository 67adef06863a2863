#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Draw the pictures of the media tests into this folder. Needs Pillow and, for the AVIF, vips.

They are made here from nothing, so they are free to share like the rest of the project. Run it
only to change one: the files are kept beside it.
"""

import pathlib
import struct
import subprocess
import zlib

from PIL import Image

HERE = pathlib.Path(__file__).resolve().parent


def gradient(width, height):
    picture = Image.new("RGB", (width, height))
    picture.putdata([(x * 255 // width, y * 255 // height, (x * y) % 256)
                     for y in range(height) for x in range(width)])
    return picture


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A camera's file: lying on its side (orientation 6), with a place and a name in EXIF.
exif = Image.Exif()
exif[0x0112] = 6
exif[0x010F] = "SECRETCAMERA"
exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
gradient(120, 80).save(HERE / "gps.jpg", exif=exif, quality=85)

gradient(1600, 100).save(HERE / "wide.jpg", quality=60)
gradient(64, 64).convert("CMYK").save(HERE / "cmyk.jpg", quality=80)

picture = Image.new("RGBA", (64, 64), (200, 30, 30, 255))
picture.paste((0, 0, 0, 0), (0, 0, 32, 64))
picture.save(HERE / "left-half-clear.png")

frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue", "green")]
frames[0].save(HERE / "red-then-blue.gif", save_all=True, append_images=frames[1:], duration=100)

Image.new("RGB", (1, 1)).save(HERE / "counter.gif")
Image.new("RGB", (600, 2), "grey").save(HERE / "ruler.png")

# 30,000 x 30,000 pixels in 100 bytes, and not even the data: the header must be enough to refuse.
(HERE / "bomb.png").write_bytes(
    b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b""))

gradient(64, 48).save(HERE / "temporary.png")
subprocess.run(["vips", "heifsave", HERE / "temporary.png", HERE / "photo.avif",
                "--compression", "av1", "--effort", "2"], check=True)
(HERE / "temporary.png").unlink()
