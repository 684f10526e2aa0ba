"""A Word file's parts -> trees that are safe to read: its document, its comments, what they are related to."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from lxml import etree

from builder.model.incoming import Refused
from builder.model.value import value_class

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Tree = Any

ELEMENTS = 100_000
"""Elements of a document that are read: a page of Word has about 200."""

PARAGRAPHS = 15_000
"""Paragraphs of a document that are read: a long book has half as many, and ten thousand take some three seconds."""


@value_class(frozen=True, slots=True)
class Parts:
    """A Word file's parts as trees, by their paths, and the path of its document."""

    trees: Mapping[str, Tree]
    document: str

    def related(self, kind: str) -> Tree | None:
        """The part to which the document stands in a relation: `comments`, `commentsExtended`."""
        folder, name = posixpath.split(self.document)
        path = _target(self.trees.get(f"{folder}/_rels/{name}.rels"), kind, folder)
        return self.trees.get(path or f"{folder}/{kind}.xml")


def word_parts(parts: Mapping[str, bytes]) -> Parts | Refused:
    """The trees of all parts. Refused for a part that isn't well formed, that declares entities, or is too large."""
    trees: dict[str, Tree] = {}
    for path, content in parts.items():
        tree = _tree(content)
        if isinstance(tree, Refused):
            return Refused(f"{path}: {tree.words}", tree.hint)
        trees[path] = tree
    document = _target(trees.get("_rels/.rels"), "officeDocument", "") or "word/document.xml"
    if document not in trees:
        return Refused("this is no Word file (.docx): it holds no document")
    count = sum(1 for _ in trees[document].iter())
    if count > ELEMENTS:
        return Refused(f"this document has {count:,} elements; the most that is read is {ELEMENTS:,}", "split it")
    count = sum(1 for _ in trees[document].iter("{*}p"))
    if count > PARAGRAPHS:
        return Refused(f"this document has {count:,} paragraphs; the most that is read is {PARAGRAPHS:,}", "split it")
    return Parts(trees, document)


def local(element: Tree) -> str:
    """An element's name without its namespace; "" for a comment or the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Tree, name: str) -> str:
    """An attribute by its name without a namespace, "" where it isn't there."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def named(root: Tree, *names: str) -> Iterator[Tree]:
    """The elements of these names, in order."""
    return (element for element in list(root.iter()) if local(element) in names)


def _tree(content: bytes) -> Tree | Refused:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return Refused("this part is no XML that can be read", "open the file in Word and save it again")
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        return Refused("this part declares entities, as no Word file does: it is not read")
    return root


def _target(relations: Tree | None, kind: str, folder: str) -> str:
    """The path of a related part, "" for none."""
    for relation in relations if relations is not None else ():
        if attribute(relation, "Type").endswith(f"/{kind}") and attribute(relation, "TargetMode") != "External":
            target = attribute(relation, "Target")
            return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
    return ""
