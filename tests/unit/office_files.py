"""Small files of every kind, whole and dangerous ones, for tests of what is passed on."""

import io
import zipfile

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
"""What old Office files begin with, and encrypted new ones."""


def packed(**files: bytes | str) -> bytes:
    """Return an archive; "__" in a name stands for a folder."""
    return packed_as({name.replace("__", "/"): content for name, content in files.items()})


def packed_as(files: dict[str, bytes | str]) -> bytes:
    """Return an archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(**more: bytes | str) -> bytes:
    """Return a document of a text program, with more files in it."""
    extra = {name.replace("__", "/"): content for name, content in more.items()}
    return packed_as({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>", **extra})


def odt(manifest: str = "<manifest/>", **more: bytes | str) -> bytes:
    """Return a document of another text program."""
    media = "application/vnd.oasis.opendocument.text"
    extra = {name.replace("__", "/"): content for name, content in more.items()}
    return packed_as({"mimetype": media, "content.xml": "<x/>", "META-INF/manifest.xml": manifest, **extra})
