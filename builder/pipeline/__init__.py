"""parse, relate, render: the one place that knows their order, and what is out of date and why."""

from builder.pipeline.circumstances import Circumstances, Making
from builder.pipeline.levels import apart, heard, levelled, stops_build
from builder.pipeline.locks import as_written, unwritten
from builder.pipeline.making import LISTS, build
from builder.pipeline.outputs import ARCHIVE, ZIP, for_teachers, left_out, output_of, sets_handouts
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
    "apart",
    "as_written",
    "build",
    "for_teachers",
    "heard",
    "left_out",
    "levelled",
    "output_of",
    "sets_handouts",
    "stops_build",
    "unwritten",
]
