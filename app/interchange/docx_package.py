"""A Word document as an archive of parts, read within bounds."""

import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from xml.etree.ElementTree import Element, ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from app.domain.errors import BadTable
from app.domain.words import Sentence, marked
from app.interchange.table_file import ARCHIVE_FAULTS, MOST_BYTES, OLD, ZIP, check_archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
    (
        b"http://purl.oclc.org/ooxml/drawingml/main",
        b"http://schemas.openxmlformats.org/drawingml/2006/main",
    ),
)
MAIN = "word/document.xml"
MOST_XML = 40 * 1024 * 1024
MOST_PICTURE = 20 * 1024 * 1024
MOST_DEPTH = 200


@dataclass(slots=True)
class Package:
    """The parts of a document that questions are read from."""

    archive: ZipFile
    body: Element
    numbering: Element | None
    styles: Element | None
    #: id of a relation -> the part that it leads to
    relations: Mapping[str, str]

    def picture(self, relation: str) -> bytes | None:
        """Return the bytes of a picture within the document, None where there are none or too many."""
        name = self.relations.get(relation, "")
        try:
            if self.archive.getinfo(name).file_size > MOST_PICTURE:
                return None
            return self.archive.read(name)
        except (KeyError, *ARCHIVE_FAULTS):
            return None


def looks_like_docx(data: bytes) -> bool:
    """Whether an archive is a Word document."""
    return data.startswith(ZIP) and b"word/document" in data


def open_package(data: bytes) -> Package:
    """Open a document.

    :raises BadTable: it is none, is broken, too large, or made to do harm.
    """
    if len(data) > MOST_BYTES:
        raise BadTable(Sentence(TOO_LARGE, {"most": MOST_BYTES // (1024 * 1024)}))
    if data.startswith(OLD):
        raise BadTable(Sentence(OLD_DOC))
    check_archive(data, Sentence(BROKEN))
    archive = ZipFile(BytesIO(data))
    root = _part(archive, MAIN)
    body = None if root is None else root.find(f"{W}body")
    if body is None:
        raise BadTable(Sentence(BROKEN))
    return Package(
        archive,
        body,
        _part(archive, "word/numbering.xml"),
        _part(archive, "word/styles.xml"),
        _relations(_part(archive, "word/_rels/document.xml.rels")),
    )


def _part(archive: ZipFile, name: str) -> Element | None:
    try:
        if archive.getinfo(name).file_size > MOST_XML:
            raise BadTable(Sentence(TOO_LONG))
        data = archive.read(name)
    except KeyError:
        return None
    except ARCHIVE_FAULTS as fault:
        raise BadTable(Sentence(BROKEN)) from fault
    return _parse(data)


def _parse(data: bytes) -> Element:
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError, RecursionError) as fault:
        raise BadTable(Sentence(BROKEN)) from fault
    _check_depth(root)
    return root


def _check_depth(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH:
            raise BadTable(Sentence(BROKEN))
        level = [child for element in level for child in element]


def _relations(root: Element | None) -> dict[str, str]:
    if root is None:
        return {}
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("word", one.get("Target", ""))).lstrip("/")
        if not one.get("Target", "").startswith("/")
        else one.get("Target", "").lstrip("/")
        for one in root
        if one.get("TargetMode") != "External"
    }


TOO_LARGE = marked("This file is larger than %(most)s MB.")
TOO_LONG = marked("This document is far too long. Divide it.")
OLD_DOC = marked(
    "This is a document of Word before 2007, or has a password. Open it and save it as .docx without one."
)
BROKEN = marked("This document is broken, or no document of Word. Open it and save it again as .docx.")
