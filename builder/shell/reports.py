"""Diagnostics -> one document for a program to read: JSON, SARIF, or GitHub's workflow commands."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from builder import __version__
from builder.model.codes import CODES
from builder.model.diagnostic import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.model.diagnostic import Diagnostic

_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFORMATION: "notice"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(diagnostics: Sequence[Diagnostic]) -> str:
    """`{"diagnostics": [{"code", "level", "file", "line", "column", "message", "hint"}]}`."""
    rows = [
        {
            "code": one.code,
            "level": one.severity.value,
            "file": one.place.path,
            "line": one.place.line,
            "column": one.place.column,
            "message": one.message,
            "hint": one.hint,
        }
        for one in diagnostics
    ]
    return document({"diagnostics": rows})


def as_sarif(diagnostics: Sequence[Diagnostic]) -> str:
    """One SARIF 2.1.0 run, with a rule for each code that occurs."""
    rules = sorted({one.code for one in diagnostics})
    driver = {
        "name": "Glossator",
        "semanticVersion": __version__,
        "rules": [
            {
                "id": id_,
                "shortDescription": {"text": CODES[id_].title},
                "fullDescription": {"text": CODES[id_].meaning},
                "help": {"text": CODES[id_].repair},
                "defaultConfiguration": {"level": _SARIF_LEVELS[CODES[id_].severity]},
            }
            for id_ in rules
        ],
    }
    results = [_sarif_result(one, rules.index(one.code)) for one in diagnostics]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return document({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_result(one: Diagnostic, rule: int) -> dict[str, object]:
    region = {"startLine": one.place.line, "startColumn": one.place.column}
    location = {"physicalLocation": {"artifactLocation": {"uri": quote(one.place.path)}, "region": region}}
    return {
        "ruleId": one.code,
        "ruleIndex": rule,
        "level": _SARIF_LEVELS[one.severity],
        "message": {"text": f"{one.message}\n{one.hint}" if one.hint else one.message},
        "locations": [location],
    }


def as_github(diagnostics: Sequence[Diagnostic]) -> str:
    """A workflow command a line: GitHub shows each beside the line that it names."""
    return "".join(f"{_github_line(one)}\n" for one in diagnostics)


def _github_line(one: Diagnostic) -> str:
    place = {"file": one.place.path, "line": one.place.line, "col": one.place.column, "title": one.code}
    fields = ",".join(f"{name}={_escaped(str(value), ',:')}" for name, value in place.items())
    words = f"{one.message}\n{one.hint}" if one.hint else one.message
    return f"::{_GITHUB_LEVELS[one.severity]} {fields}::{_escaped(words, '')}"


def _escaped(words: str, more: str) -> str:
    for character in ("%", "\r", "\n", *more):
        words = words.replace(character, f"%{ord(character):02X}")
    return words


def document(value: object) -> str:
    """JSON as we print it: readable, not sorted (the order of keys is part of the format), ended by a newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
