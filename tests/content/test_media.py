"""Pictures are known by their content, and only those that merely show something are let in."""

import zlib
from base64 import b64decode
from contextlib import suppress
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.content.media import MAX_BYTES, MAX_SVG_BYTES, Media, MediaRefused, read_media

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def png(width=2, height=1):
    def chunk(kind, body):
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 0, 0, 0, 0])
    pixels = zlib.compress(b"\0\0\0")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def gif(width=1, height=1):
    extent = width.to_bytes(2, "little") + height.to_bytes(2, "little")
    return b"GIF89a" + extent + b"\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0;"


def jpeg(width=3, height=2, frame=0xC0):
    comment = b"\xff\xfe\x00\x06\xff\xc0\xff\xff"  # looks like a frame within, and is none
    tables = b"\xff\xc4\x00\x04\x00\x00"
    extent = height.to_bytes(2, "big") + width.to_bytes(2, "big")
    start = bytes([0xFF, frame]) + b"\x00\x0b\x08" + extent + b"\x01\x01\x11\x00"
    return b"\xff\xd8\xff\xe0\x00\x04JF" + comment + b"\xff" + tables + start + b"\xff\xd9"


def webp(kind, body):
    riff = b"WEBP" + kind + len(body).to_bytes(4, "little") + body
    return b"RIFF" + len(riff).to_bytes(4, "little") + riff


def webp_extended(width, height):
    return webp(b"VP8X", b"\0\0\0\0" + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"))


WEBP_LOSSY = b64decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA")
WEBP_LOSSLESS = b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
PICTURES = {
    "image/png": png(),
    "image/gif": gif(),
    "image/jpeg": jpeg(),
    "image/svg+xml": SVG.format('<path d="M0 0L9 9"/>').encode(),
}


def refusal(data, name="图.png"):
    with pytest.raises(MediaRefused) as refused:
        read_media(data, name)
    return str(refused.value)


@pytest.mark.parametrize(("media_type", "data"), PICTURES.items(), ids=PICTURES)
def test_a_picture_is_known_by_its_content_whatever_its_name(media_type, data):
    assert read_media(data, "x.exe") == Media(sha256(data).hexdigest(), media_type, len(data))


@pytest.mark.parametrize(
    "data", [WEBP_LOSSY, WEBP_LOSSLESS, webp_extended(9, 9)], ids=["lossy", "lossless", "extended"]
)
def test_the_three_kinds_of_webp_are_known(data):
    assert read_media(data, "x.webp").media_type == "image/webp"


@pytest.mark.parametrize("frame", [0xC0, 0xC1, 0xC2])
def test_a_jpeg_of_each_usual_kind_is_read(frame):
    assert read_media(jpeg(frame=frame), "x.jpg").media_type == "image/jpeg"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"MZ\x90",
        b"<html><script>alert(1)</script></html>",
        b"BM\x00\x00",
        b"RIFF\x00\x00\x00\x00WAVE",
        SVG.format("").encode("utf-16"),
    ],
)
def test_what_is_no_picture_is_refused(data):
    assert refusal(data) == "图.png: not a PNG, JPEG, GIF, WebP or SVG picture"


@pytest.mark.parametrize(
    "data",
    [png(16_385, 1), jpeg(1, 16_385), gif(65_535, 1), png(10_000, 10_000), webp_extended(12_000, 12_000)],
)
def test_too_many_pixels_are_refused(data):
    assert "pixels are too many" in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        png()[:20],
        png(0, 5),
        gif()[:9],
        gif(0, 0),
        jpeg()[:14],
        jpeg(0, 5),
        b"\xff\xd8\xff\xe0\x00\x00" * 9,
        WEBP_LOSSY[:20],
        webp(b"VP8L", b"\0" * 30),
        webp(b"XXXX", b"\0" * 30),
    ],
)
def test_a_broken_picture_is_refused(data):
    assert "broken" in refusal(data)


def test_too_many_bytes_are_refused():
    assert "bytes" in refusal(png() + b"\0" * MAX_BYTES)
    assert "bytes" in refusal(SVG.format(" " * MAX_SVG_BYTES).encode(), "x.svg")


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<script href="x.js"/>',
        '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
        '<iframe xmlns="http://www.w3.org/1999/xhtml" src="#x"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<path onload="alert(1)"/>',
        '<path ONCLICK="alert(1)"/>',
        '<a href="javascript:alert(1)"><text>x</text></a>',
        '<animate attributeName="href" to="javascript:alert(1)"/>',
        '<set attributeName="onclick" to="alert(1)"/>',
        '<use href="http://evil.example/x.svg#a"/>',
        '<use xlink:href="other.svg#a"/>',
        '<image href="//evil.example/x.png"/>',
        '<image xlink:href=" http://evil.example/x.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<image href="data:text/html,x"/>',
        '<g xml:base="http://evil.example/"/>',
        '<feImage href="http://evil.example/x.png"/>',
        '<rect fill="url(http://evil.example/#a)"/>',
        "<rect style=\"fill:url( '//evil.example/#a')\"/>",
        '<rect style="fill:u\\72l(//evil.example)"/>',
        '<style>@import "http://evil.example/x.css";</style>',
        "<style>rect{fill:URL(//evil.example)}</style>",
        "<style>@im<!-- -->port 'x.css';</style>",
        "<style><![CDATA[rect{background:image-set('x.png' 1x)}]]></style>",
        "<?xml-stylesheet href='x.css'?>",
        "<handler xmlns='http://www.w3.org/2001/xml-events'/>",
        "<g>" * 200 + "</g>" * 200,
        "<g/>" * 20_001,
    ],
)
def test_c2_an_svg_that_does_more_than_draw_is_refused(inside):
    assert "SVG" in refusal(SVG.format(inside).encode(), "图.svg")


@pytest.mark.parametrize(
    "text",
    [
        f'<!DOCTYPE svg [<!ENTITY e0 "ha">{ENTITIES}]>' + SVG.format("<text>&e9;</text>"),
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>' + SVG.format("<text>&x;</text>"),
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">' + SVG.format(""),
        SVG.format("<text>&undefined;</text>"),
    ],
    ids=["bomb", "external", "public", "undefined"],
)
def test_c6_no_document_type_and_no_entities(text):
    assert "SVG" in refusal(text.encode(), "图.svg")


@pytest.mark.parametrize(
    "text",
    [
        SVG.format("<g>"),
        SVG.format("") + "<svg/>",
        "<svg/>",
        '<html xmlns="http://www.w3.org/1999/xhtml"><svg xmlns="http://www.w3.org/2000/svg"/></html>',
        '<?xml version="1.0" encoding="utf-7"?>' + SVG.format(""),
        '<?xml-stylesheet href="x"?>' + SVG.format(""),
    ],
)
def test_what_is_no_proper_svg_is_refused(text):
    assert "SVG" in refusal(text.encode(), "图.svg")


def test_an_svg_in_another_encoding_is_refused():
    assert "UTF-8" in refusal(SVG.format("<text>车门</text>").encode("gb18030"), "图.svg")


@pytest.mark.parametrize(
    "text",
    [
        SVG.format('<linearGradient id="a"/><rect fill="url(#a)" style="stroke:url( \'#a\')"/>'),
        SVG.format('<defs><path id="p"/></defs><use href="#p"/><use xlink:href="#p"/>'),
        SVG.format('<image href="data:image/png;base64,iVBORw0KGgo="/>'),
        SVG.format("<style>.a{fill:red} @media print{.a{fill:url(#b)}}</style><text>先开前门</text>"),
        SVG.format('<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>'),
        '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<!-- 车门 -->\n' + SVG.format(""),
        "\ufeff" + SVG.format(""),
        SVG.format(
            '<n:namedview xmlns:n="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"/>'
            '<g xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="C:\\x.png"/>'
        ),
    ],
)
def test_an_svg_that_draws_is_let_in(text):
    assert read_media(text.encode(), "图.svg").media_type == "image/svg+xml"


@given(
    st.sampled_from([*PICTURES.values(), WEBP_LOSSY, WEBP_LOSSLESS]),
    st.integers(0, 60),
    st.binary(max_size=40),
)
def test_whatever_stands_in_a_header_gives_a_picture_or_a_refusal(start, length, rest):
    data = start[:length] + rest

    with suppress(MediaRefused):
        assert read_media(data, "x").size == len(data)
