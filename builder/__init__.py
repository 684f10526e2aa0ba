"""Glossator: from plain files to an annotated reading."""

__version__ = "0.1.0"
