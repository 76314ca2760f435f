"""The canonical form of a document as JSON, and its content hash."""

import json
import unicodedata
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from app.content.values import plain_number
from app.domain.case import Case
from app.domain.quiz import Quiz
from app.domain.syllabus import Syllabus

#: written, but without meaning for what the document says
_LEFT_OUT = frozenset({"syntax", "format", "forced_type"})


def canonical_json(document: Case | Quiz | Syllabus) -> str:
    """Write the document as JSON: NFC, sorted keys, what is not written left out."""
    plain = {"document": type(document).__name__.lower(), **plain_value(document)}
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(document: Case | Quiz | Syllabus) -> str:
    """Return the SHA-256 of the canonical JSON, in hex."""
    return sha256(canonical_json(document).encode()).hexdigest()


def plain_value(value: Any) -> Any:
    """Return a value of a document as JSON can hold it."""
    if is_dataclass(value):
        return {
            spec.name: plain_value(getattr(value, spec.name))
            for spec in fields(value)
            if _is_kept(value, spec)
        }
    if isinstance(value, tuple | list):
        return [plain_value(part) for part in value]
    if isinstance(value, Decimal):
        return plain_number(value)
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


def _is_kept(value: Any, spec: Field[Any]) -> bool:
    """Leave out what equals its default, so that a new field changes no hash."""
    if spec.name in _LEFT_OUT:
        return False
    return spec.default is MISSING or getattr(value, spec.name) != spec.default
