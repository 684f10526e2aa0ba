"""parse, relate, render: the one place that knows their order, and what is out of date and why."""

from builder.pipeline.checking import anchored_editions, check
from builder.pipeline.levels import levelled, stops_build
from builder.pipeline.making import LISTS, Circumstances, Making, build
from builder.pipeline.outputs import ZIP, output_of
from builder.pipeline.reading import Drafts, Options

__all__ = [
    "LISTS",
    "ZIP",
    "Circumstances",
    "Drafts",
    "Making",
    "Options",
    "anchored_editions",
    "build",
    "check",
    "levelled",
    "output_of",
    "stops_build",
]
