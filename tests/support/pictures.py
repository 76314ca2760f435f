"""Small pictures."""

from io import BytesIO

from PIL import Image


def picture(form: str = "PNG", colour: str = "red") -> bytes:
    """Return the bytes of a picture of a few pixels."""
    out = BytesIO()
    Image.new("RGB", (4, 3), colour).save(out, form)
    return out.getvalue()


PNG = picture()
