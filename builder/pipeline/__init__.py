"""parse, relate, render: the one place that knows their order, and what is out of date and why."""

from builder.pipeline.checking import anchored_editions, check
from builder.pipeline.circumstances import Circumstances, Making
from builder.pipeline.exporting import export
from builder.pipeline.levels import levelled, stops_build
from builder.pipeline.locks import as_written, unwritten
from builder.pipeline.making import LISTS, build
from builder.pipeline.outputs import ARCHIVE, ZIP, output_of
from builder.pipeline.reading import Drafts, Locks, Options

__all__ = [
    "ARCHIVE",
    "LISTS",
    "ZIP",
    "Circumstances",
    "Drafts",
    "Locks",
    "Making",
    "Options",
    "anchored_editions",
    "as_written",
    "build",
    "check",
    "export",
    "levelled",
    "output_of",
    "stops_build",
    "unwritten",
]
