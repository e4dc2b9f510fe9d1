"""Which strangers' files are passed on: documents, pictures and plain text whose content is what their name says.

What a file claims to be (its Content-Type) is not believed. What may run a program when it is opened, what cannot be
looked into because it is encrypted, and what is not known is passed on never.
"""

import io
import re
import zipfile
from collections.abc import Callable, Collection

from adapters.mail.file_names import ending_of

_ENTRIES = 2_000
_UNPACKED = 100 * 1024 * 1024
_LOOKED_AT = 256 * 1024
# ISO 32000-1: encryption (7.6.1), scripts (12.6.4.16), starting a program (12.6.4.5), files inside (7.11.4).
_PDF_POWERS = re.compile(rb"/(?:Encrypt|JavaScript|JS|Launch|EmbeddedFiles?)\b")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HEIC = (b"ftypheic", b"ftypheix", b"ftypheif", b"ftypmif1")
# ECMA-376 parts that hold or start programs: macros, controls, packaged objects.
_OFFICE_POWERS = ("vbaproject", "vbadata", "activex/", "oleobject", "macrosheets/", "/ctrlprops/")
_ODF_POWERS = ("basic/", "scripts/", "object ")


def kind_of(name: str, content: bytes) -> str:
    """Return the media type under which a file is passed on, or "" when it is not; nothing in it makes this raise."""
    _, fits = _KINDS.get(ending_of(name), ("", _nothing))
    try:
        return kind_by_name(name) if fits(content) else ""
    except Exception:  # the library that opens archives answers damaged ones with errors of many kinds
        return ""


def kind_by_name(name: str) -> str:
    """Return the media type that a name promises, or "" when nothing of that name is passed on."""
    return _KINDS.get(ending_of(name), ("", _nothing))[0]


def _nothing(content: bytes) -> bool:
    _ = content
    return False


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and _PDF_POWERS.search(content) is None


def _is_text(content: bytes) -> bool:
    return bool(content) and _CONTROLS.search(content) is None


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _is_heic(content: bytes) -> bool:
    return content[4:12] in _HEIC


def _office(room: str) -> Callable[[bytes], bool]:
    """Return the test for an Office Open XML package whose main part lies in that folder (ECMA-376 part 2)."""

    def fits(content: bytes) -> bool:
        archive, names = _opened(content)
        if "[Content_Types].xml" not in names or not any(name.startswith(room) for name in names):
            return False
        if _has(names, _OFFICE_POWERS) or b"macroEnabled" in _text(archive, "[Content_Types].xml"):
            return False
        # A template elsewhere would be fetched, with its macros, when the document is opened.
        settings = f"{room}_rels/settings.xml.rels"
        return settings not in names or b"External" not in _text(archive, settings)

    return fits


def _open_document(media: str) -> Callable[[bytes], bool]:
    """Return the test for an OpenDocument package (ODF 1.3 part 2, sections 3.3 and 3.4)."""

    def fits(content: bytes) -> bool:
        archive, names = _opened(content)
        if "mimetype" not in names or _text(archive, "mimetype").strip() != media.encode():
            return False
        return not _has(names, _ODF_POWERS) and b"encryption-data" not in _text(archive, "META-INF/manifest.xml")

    return fits


def _opened(content: bytes) -> tuple[zipfile.ZipFile, Collection[str]]:
    """Open an archive that begins with its first entry.

    Raises BadZipFile for one with encrypted or very many entries, and for one that is huge when it is unpacked.
    """
    if not content.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile
    archive = zipfile.ZipFile(io.BytesIO(content))
    entries = archive.infolist()
    large = len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > _UNPACKED
    if large or any(entry.flag_bits & 1 for entry in entries):
        raise zipfile.BadZipFile
    return archive, {entry.filename for entry in entries}


def _has(names: Collection[str], powers: Collection[str]) -> bool:
    return any(power in name.lower() for name in names for power in powers)


def _text(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return an entry's beginning; no more is unpacked."""
    with archive.open(name) as entry:
        return entry.read(_LOOKED_AT)


_OOXML = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_JPEG, _HEIF = ("image/jpeg", _begins(b"\xff\xd8\xff")), ("image/heic", _is_heic)
_TEXT = ("text/plain", _is_text)
_KINDS: dict[str, tuple[str, Callable[[bytes], bool]]] = {
    "pdf": ("application/pdf", _is_pdf),
    "docx": (f"{_OOXML}.wordprocessingml.document", _office("word/")),
    "xlsx": (f"{_OOXML}.spreadsheetml.sheet", _office("xl/")),
    "pptx": (f"{_OOXML}.presentationml.presentation", _office("ppt/")),
    "odt": (f"{_ODF}.text", _open_document(f"{_ODF}.text")),
    "ods": (f"{_ODF}.spreadsheet", _open_document(f"{_ODF}.spreadsheet")),
    "odp": (f"{_ODF}.presentation", _open_document(f"{_ODF}.presentation")),
    "png": ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    "gif": ("image/gif", _begins(b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", _is_webp),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "heic": _HEIF,
    "txt": _TEXT,
    "md": _TEXT,
}
KINDS = frozenset(media for media, _ in _KINDS.values())
"""Every media type that is passed on."""
