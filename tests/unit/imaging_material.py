"""Pictures and other files made in code, good, odd and hostile, for the tests of `bot.imaging`."""

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pillow_heif
from PIL import Image, ImageCms

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 40), (20, 40, 210), (250, 250, 250)


def quarters(size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Red top left, green top right, blue bottom left, white bottom right: every turn can be told apart."""
    tile = Image.new("RGB", (2, 2))
    tile.putdata([RED, GREEN, BLUE, WHITE])
    return tile.resize(size, Image.Resampling.NEAREST)


def corners(picture: Image.Image) -> list[str]:
    """Which of the four colours lies in each corner, in reading order."""
    rgb = picture.convert("RGB")
    right, bottom = rgb.width - 3, rgb.height - 3
    return [_named(rgb.getpixel(at)) for at in ((2, 2), (right, 2), (2, bottom), (right, bottom))]


def _named(pixel: tuple[int, int, int]) -> str:
    known = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    return min(known, key=lambda name: sum(abs(a - b) for a, b in zip(known[name], pixel, strict=True)))


UPRIGHT = ["red", "green", "blue", "white"]


def saved(picture: Image.Image, form: str, **settings: object) -> bytes:
    made = io.BytesIO()
    picture.save(made, form, **settings)
    return made.getvalue()


def read(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def exif(orientation: int = 1, *, positioned: bool = False) -> bytes:
    tags = Image.Exif()
    tags[0x0112] = orientation
    if positioned:
        tags.get_ifd(0x8825)[1] = "N"
        tags.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)
    return tags.tobytes()


def heic(picture: Image.Image, *more: Image.Image, **settings: object) -> bytes:
    container = pillow_heif.from_pillow(picture)
    for other in more:
        container.add_from_pillow(other)
    made = io.BytesIO()
    container.save(made, **settings)
    return made.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_claiming(width: int, height: int) -> bytes:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def png_with(extra: bytes, picture: Image.Image | None = None) -> bytes:
    """A good PNG with `extra` chunks right after its header."""
    data = saved(picture or quarters(), "PNG")
    return data[:33] + extra + data[33:]


def jpeg_with(marker: int, body: bytes) -> bytes:
    """A good JPEG with one more segment right after its start."""
    data = saved(quarters(), "JPEG")
    return data[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + data[2:]


def tiff_claiming(width: int, height: int) -> bytes:
    tags = [(256, 4, width), (257, 4, height), (258, 3, 8), (259, 3, 1), (262, 3, 1), (273, 4, 8), (279, 4, 100)]
    body = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in tags)
    return b"II*\0" + struct.pack("<IH", 8, len(tags)) + body + struct.pack("<I", 0) + bytes(100)


def tiff_tagged(**tags: object) -> bytes:
    info = {int(name.removeprefix("t")): value for name, value in tags.items()}
    return saved(quarters(), "TIFF", tiffinfo=info)


def gif_claiming(width: int, height: int) -> bytes:
    screen = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6)
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0)
    return screen + frame + b"\x02\x02\x4c\x01\x00\x3b"


def webp_claiming(width: int, height: int) -> bytes:
    """A good animation whose canvas is said to be larger than its frames."""
    still = quarters()
    data = saved(still, "WEBP", save_all=True, append_images=[still.rotate(180)])
    return data[:24] + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little") + data[30:]


def bmp_claiming(width: int, height: int) -> bytes:
    header = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 24, 0, 0, 0, 0, 0, 0)
    return b"BM" + struct.pack("<IHHI", 1000, 0, 0, 54) + header + bytes(100)


def bmp_packed(length: int) -> bytes:
    """A run-length encoded BMP, a hundred pixels wide, with `length` bytes of runs and the height they fill."""
    height = length // 4
    body = b"\x64\x01\x00\x00" * height + b"\0\1"
    header = struct.pack("<IiiHHIIiiII", 40, 100, height, 1, 8, 1, len(body), 0, 0, 256, 0)
    return b"BM" + struct.pack("<IHHI", 1078 + len(body), 0, 0, 1078) + header + bytes(1024) + body


def jpeg_claiming(width: int, height: int) -> bytes:
    data = saved(quarters(), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    return data[:at] + struct.pack(">HH", height, width) + data[at + 4 :]


def jpeg_of_scans(count: int) -> bytes:
    """A progressive JPEG whose last scan is repeated: little to read, much to do."""
    data = saved(quarters((256, 256)), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:-2] + data[last:-2] * count + data[-2:]


def ftyp(main: str, *compatible: str) -> bytes:
    brands = main.encode() + bytes(4) + "".join(compatible).encode()
    return struct.pack(">I", 8 + len(brands)) + b"ftyp" + brands + bytes(64)


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return made.getvalue()


def swapped_profile() -> bytes:
    """sRGB with its red and blue exchanged: a colour that went through it has visibly moved."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    table, body = profile[:400], profile[400:]
    moved = table.replace(b"rXYZ", b"????").replace(b"bXYZ", b"rXYZ").replace(b"????", b"bXYZ")
    return (moved + body).replace(b"s\0R\0G\0B", b"o\0d\0d\0d").replace(b"sRGB", b"oddd")


def srgb_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def good_files() -> Iterator[tuple[str, bytes]]:
    """One of everything that is accepted, each showing the quarters, upright."""
    flat = quarters()
    yield "png", saved(flat, "PNG")
    yield "png-palette", saved(flat.quantize(8), "PNG")
    yield "png-interlaced-late-exif", saved(flat, "PNG", exif=exif(1))
    yield "jpeg", saved(flat, "JPEG", quality=95, subsampling=0)
    yield "jpeg-progressive", saved(flat, "JPEG", progressive=True, quality=95, subsampling=0)
    yield "jpeg-cmyk", saved(flat.convert("CMYK"), "JPEG", quality=95)
    yield "webp", saved(flat, "WEBP", lossless=True)
    yield "webp-lossy", saved(flat, "WEBP", quality=95)
    yield "webp-animated", saved(flat, "WEBP", save_all=True, append_images=[flat.rotate(180)], duration=100)
    yield "gif", saved(flat, "GIF")
    yield "gif-animated", saved(flat, "GIF", save_all=True, append_images=[flat.rotate(180)], duration=100)
    yield "apng", saved(flat, "PNG", save_all=True, append_images=[flat.rotate(180)], duration=100)
    yield "bmp", saved(flat, "BMP")
    yield "tiff", saved(flat, "TIFF")
    yield "tiff-pages", saved(flat, "TIFF", save_all=True, append_images=[flat.rotate(180)])
    yield "tiff-deflate", saved(flat, "TIFF", compression="tiff_adobe_deflate")
    yield "tiff-lzw-cmyk", saved(flat.convert("CMYK"), "TIFF", compression="tiff_lzw")
    yield "heic", heic(flat, quality=95)
    yield "heic-sequence", heic(flat, flat.rotate(180), quality=95)


GOOD = dict(good_files())


def noise_files() -> dict[str, bytes]:
    """One file of each accepted kind, with so much detail that the pixels fill nearly all of it."""
    noisy = Image.frombytes("RGB", (96, 96), random.Random(7).randbytes(3 * 96 * 96))
    forms = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF", "bmp": "BMP", "tiff": "TIFF"}
    files = {label: saved(noisy, form) for label, form in forms.items()}
    return files | {"jpeg-progressive": saved(noisy, "JPEG", progressive=True), "heic": heic(noisy)}
