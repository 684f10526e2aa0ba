"""What Python says of what a template does -> what that means to who wrote the template."""

from __future__ import annotations

import re

from jinja2.sandbox import MAX_RANGE

_KINDS = {
    **dict.fromkeys(("float", "complex"), "a number with decimals"),
    **dict.fromkeys(("str", "Markup", "bytes"), "words"),
    **dict.fromkeys(("list", "tuple", "range", "set", "frozenset", "generator"), "a list"),
    **dict.fromkeys(("dict", "mappingproxy"), "a table"),
    **dict.fromkeys(("function", "method", "Macro", "type", "builtin_function_or_method"), "a function"),
    "int": "a number",
    "bool": "true or false",
    "NoneType": "nothing",
}
_FUNCTION = r"(?:\S*\.)?(?:sync_)?(?:do_)?(?P<name>\w+)\(\) "
_KIND, _OTHER = r"'?(?P<kind>[\w.]+)'?", r"'?(?P<other>[\w.]+)'?"
_WHOLE = "a whole number is needed here, not {kind}"
_SAID: tuple[tuple[str, str], ...] = (
    (
        rf"unsupported operand type\(s\) for (?P<name>\S+?)(?: or pow\(\))?: {_KIND} and {_OTHER}",
        "“{name}” is not for {kind} and {other}",
    ),
    (
        rf'can only concatenate {_KIND} \(not "{_OTHER}"\)',
        "“+” is not for {kind} and {other}: “~” joins words with anything",
    ),
    (
        rf"'(?P<name>\S+)' not supported between instances of {_KIND} and {_OTHER}",
        "“{name}” can't compare {kind} and {other}",
    ),
    (rf"bad operand type for unary (?P<name>\S+): {_KIND}", "“{name}” is not for {kind}"),
    (rf"can't multiply sequence by non-int of type {_KIND}", _WHOLE),
    (rf"{_KIND} object cannot be interpreted as an integer", _WHOLE),
    (r"slice indices must be integers", "a part is taken from one whole number to another: [1:3]"),
    (rf"(?:argument of type )?{_KIND}(?: object)? is not (?:iterable|reversible)", "a list is needed here, not {kind}"),
    (rf"cannot unpack non-iterable {_KIND} object", "a list is needed here, not {kind}"),
    (r"(?:not enough|too many) values to unpack", "there are not as many values here as names for them"),
    (rf"{_KIND} object is not callable", "{kind} can't be called: take the brackets “( )” away"),
    (
        r"macro '(?P<name>\w+)' takes not more than (?P<what>\d+) argument",
        "the macro “{name}” takes no more values than {what}",
    ),
    (
        r"macro '(?P<name>\w+)' takes no keyword argument '(?P<what>\w+)'",
        "the macro “{name}” takes nothing called “{what}”",
    ),
    (rf"{_FUNCTION}got an unexpected keyword argument '(?P<what>\w+)'", "“{name}” takes nothing called “{what}”"),
    (rf"{_FUNCTION}missing \d+ required [\w-]+ arguments?: (?P<what>.+)", "“{name}” needs {what} too"),
    (rf"{_FUNCTION}takes ", "“{name}” takes more values, or fewer, than it is given here"),
    (
        rf"unhashable type: {_KIND}",
        "{kind} can't be looked up in a table, nor be told from others by “unique”: words and numbers can",
    ),
    (r"substring not found|.* is not in (?:list|tuple)", "what “index” looks for isn't there: ask with “in” first"),
    (rf"Object of type {_KIND} is not JSON serializable", "{kind} can't be written as JSON: name its fields"),
    (rf"object of type {_KIND} has no len", "{kind} has no length"),
    (r"could not convert string to float|invalid literal for int", "these words are no number"),
    (rf"'in <string>' requires string as left operand, not {_KIND}", "words are looked for in words, not {kind}"),
    (rf"{_KIND} object has no attribute 'items'", "a table is needed here, not {kind}"),
    (rf"must be str(?: or None)?, not {_KIND}", "words are needed here, not {kind}"),
    (r"empty separator", "words are split at other words, not at nothing"),
    (r"Invalid character in attribute name: (?P<what>.+)", "HTML has no attribute called {what}"),
    (r"at least one item has to be provided", "“cycler” needs a value at least"),
    (r"Range too big", f"range(…) makes {MAX_RANGE:,} numbers at most"),
)
"""How Python begins, and what we say; the kinds of values are put into our words."""


def kind_of(name: str) -> str:
    """A type as a template knows it: LinkView -> a link."""
    if name.endswith("View"):
        return f"a view ({name})"
    return _KINDS.get(name, f"a value of {name}")


def reworded(fault: BaseException) -> str:
    """What went wrong, in our words; what we have none for, in Python's."""
    if isinstance(fault, OverflowError) and "Range" not in str(fault):
        return "a number grows too large here"
    if isinstance(fault, ZeroDivisionError):
        return "a number is divided by 0 here"
    for pattern, ours in _SAID:
        found = re.match(pattern, str(fault))
        if found is not None:
            parts = found.groupdict()
            return ours.format(**{part: kind_of(said) if part in _KINDS_OF else said for part, said in parts.items()})
    return f"this can't be done with such values ({fault})"


_KINDS_OF = frozenset({"kind", "other"})
