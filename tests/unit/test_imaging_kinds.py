"""Files are named by their bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.imaging.kinds import Kind, sniff
from tests.unit.imaging_material import GOOD, ftyp, quarters, saved, zipped

BOM = b"\xef\xbb\xbf"


@pytest.mark.parametrize("label", GOOD)
def test_accepted_pictures_are_recognised(label: str) -> None:
    form = label.split("-", maxsplit=1)[0]
    assert sniff(GOOD[label]) == {"apng": "png"}.get(form, form)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Kind.SVG),
        (BOM + b"<?xml version='1.0'?>\n<!-- drawn by hand -->\n<svg></svg>", Kind.SVG),
        (b"<?xml version='1.0'?><!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'x'><svg/>", Kind.SVG),
        (b"<!-- <html> --><svg:svg xmlns:svg='http://www.w3.org/2000/svg'/>", Kind.SVG),
        ("\ufeff<svg/>".encode("utf-16-le"), Kind.SVG),
        (b"\n\n  \t<!DOCTYPE html><html><body><svg></svg></body></html>", Kind.HTML),
        (BOM + b" <HTML><head>", Kind.HTML),
        (b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", Kind.HTML),
        (b"<!--[if IE]><svg><![endif]--><meta charset=utf-8>", Kind.HTML),
        (b"<rss><svg/></rss>", Kind.TEXT),
        (b"%PDF-1.7\n%\xe2\xe3", Kind.PDF),
        (b"\x00\x01junk\n%PDF-1.4", Kind.PDF),
        (b"%!PS-Adobe-3.0 EPSF-3.0", Kind.POSTSCRIPT),
        (zipped("notes.txt"), Kind.ZIP),
        (zipped("[Content_Types].xml", "word/document.xml"), Kind.OFFICE),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), Kind.OFFICE),
        (ftyp("isom", "iso2", "mp41"), Kind.VIDEO),
        (ftyp("isom", "mif1", "heic"), Kind.VIDEO),
        (ftyp("qt  "), Kind.VIDEO),
        (b"\0\0\0\x08wide\0\0\1\0mdat", Kind.VIDEO),
        (b"\x1a\x45\xdf\xa3 webm", Kind.VIDEO),
        (ftyp("M4A "), Kind.SOUND),
        (b"ID3\x04" + bytes(20), Kind.SOUND),
        (ftyp("heic", "mif1"), Kind.HEIC),
        (ftyp("heix"), Kind.HEIC),
        (ftyp("hevc", "msf1"), Kind.HEIC),
        (ftyp("mif1", "heic", "avif"), Kind.HEIC),
        (ftyp("mif1", "miaf"), Kind.HEIC),
        (ftyp("mif1", "miaf", "avif"), Kind.AVIF),
        (ftyp("avif", "mif1", "heic"), Kind.AVIF),
        (ftyp("crx "), Kind.RAW),
        (b"II*\0\x10\0\0\0CR\x02\0", Kind.RAW),
        (b"8BPS\0\1" + bytes(20), Kind.PSD),
        (b"\0\0\1\0\1\0\x10\x10", Kind.ICON),
        (b"\x1f\x8b\x08", Kind.ARCHIVE),
        (b"hello, this is a note", Kind.TEXT),
        ("Füchse im Schnee".encode(), Kind.TEXT),
        (b'{"ok":false,"error":"not_authed"}', Kind.TEXT),
        (b"BMW makes cars; this sentence is long enough to be taken for a header", Kind.TEXT),
        (b"MMORPG players like foxes", Kind.TEXT),
        (b"100%free of cost", Kind.TEXT),
        (b"", None),
        (b"\x00\x01\x02\x03", None),
        (b"RIFF\0\0\0\0XYZW" + bytes(20), None),
    ],
)
def test_other_files_are_named(data: bytes, kind: Kind | None) -> None:
    assert sniff(data) is kind


def test_a_picture_with_an_archive_behind_it_is_a_picture() -> None:
    assert sniff(saved(quarters(), "PNG") + zipped("a.txt")) is Kind.PNG


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_can_be_spoken_of(kind: Kind) -> None:
    assert kind.label.split()[0] in ("a", "an")
    assert kind.mime.count("/") == 1
    assert kind.mime.startswith("image/") or not kind.is_picture


def test_drawings_and_documents_are_not_pictures() -> None:
    assert Kind.HEIC.is_picture
    assert not any(kind.is_picture for kind in (Kind.SVG, Kind.PDF, Kind.HTML, Kind.VIDEO, Kind.TEXT, Kind.ZIP))


def test_long_comments_before_the_root_take_no_time() -> None:
    assert sniff(b"<!-- x -->" * 6000 + b"<svg/>") is Kind.SVG
    assert sniff(b"<!--" * 16_000) is Kind.TEXT


@given(st.binary(max_size=200))
def test_sniffing_never_raises(data: bytes) -> None:
    assert sniff(data) in (None, *Kind)


@given(st.sampled_from([b"\0\0\0\x18ftyp", b"<!", b"<?", b"PK\3\4", b"RIFF", b"\xff\xfe<"]), st.binary(max_size=80))
def test_sniffing_never_raises_on_beginnings(start: bytes, rest: bytes) -> None:
    assert sniff(start + rest) in (None, *Kind)
