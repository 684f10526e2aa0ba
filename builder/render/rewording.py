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
_FUNCTION = r"(?:\S*\.)?(?:sync_)?(?:do_|test_)?(?P<name>\w+)\(\) "
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
    (rf"float\(\) argument must be .*, not {_KIND}", "a number is needed here, not {kind}"),
    (r"could not convert string to float|invalid literal for int", "these words are no number"),
    (rf"'in <string>' requires string as left operand, not {_KIND}", "words are looked for in words, not {kind}"),
    (rf"{_KIND} object has no attribute 'items'", "a table is needed here, not {kind}"),
    (rf"must be str(?: or None)?, not {_KIND}", "words are needed here, not {kind}"),
    (r"empty separator", "words are split at other words, not at nothing"),
    (r"Invalid character in attribute name: (?P<what>.+)", "HTML has no attribute called {what}"),
    (r"at least one item has to be provided", "“cycler” needs a value at least"),
    (r"no items for cycling given", "“cycle” needs a value at least"),
    (r"The loop must have the 'recursive' marker", "a loop calls itself only where “recursive” stands in its head"),
    (r"range\(\) arg 3 must not be zero", "range(…) goes on by another number than 0"),
    (r"range expected at ", "range(…) takes one number, two, or three"),
    (rf"attribute name must be string, not {_KIND}", "a name of a field is words, not {kind}"),
    (rf"bad operand type for (?P<name>\w+)\(\): {_KIND}", "“{name}” is not for {kind}"),
    (r"slice step cannot be zero", "a part is taken in steps of another number than 0"),
    (rf"\w+ first arg must be str or a tuple of str, not {_KIND}", "words are needed here, not {kind}"),
    (r"\w*strip arg must be None or str|expected string or bytes-like object", "words are needed here"),
    (r"Range too big", f"range(…) makes {MAX_RANGE:,} numbers at most"),
)
"""How Python begins, and what we say; the kinds of values are put into our words."""


_OF_JINJA: tuple[tuple[str, str], ...] = (
    (r"No aggregated item, sequence was empty", "the list is empty: nothing in it is the largest, or the smallest"),
    (r"No (?P<name>first|last) item, sequence was empty", "the list is empty: it has no {name} value"),
    (r"Missing parameter for attribute name", "the name of the field that is looked at is missing here"),
    (r"You can only sort by either", "a table is sorted by 'key' or by 'value'"),
    (r"argument must be iterable", "a list is needed here"),
    (r"Tried to select from an empty list of templates", "no template is named here"),
    (r"the inline if-expression .* evaluated to false", "this “if” was false and has no “else”: so it has no value"),
    (r"can't assign to '\w+'", "true, false and none mean themselves: choose another name"),
    (r"non-default argument follows default argument", "what a macro must be given stands before what has a “=”"),
    (r"cannot assign attribute on non-namespace object", "fields can be set of a namespace(…) alone"),
    (r"block '(?P<name>\w+)' defined twice", "the block “{name}” stands here twice"),
    (r"unexpected '(?P<name>[^']+)', expected '(?P<what>[^']+)'", "“{what}” is missing before “{name}”"),
    (r"expected token '(?P<what>[^']+)', got '(?P<name>.+)'", "“{what}” is needed here, not “{name}”"),
    (r"Expected an expression, got '(?P<name>[^']+)'", "something is missing before “{name}”"),
    (r"unexpected char ['\"](?P<name>.+)['\"] at \d+", "“{name}” means nothing here"),
    (r"unexpected '(?P<name>[^']+)'", "“{name}” can't stand here"),
    (r"keyword argument repeated: (?P<name>\w+)", "“{name}” is given twice here"),
    (r"duplicate (?:argument|parameter) 'l_\d+_(?P<name>\w+)'", "two values are called “{name}” here"),
)
"""The same of what Jinja says, and of what Python says of the code that Jinja makes."""


def of_template(message: str) -> str:
    """What Jinja says of a template, in our words; what we have none for, in Jinja's."""
    for pattern, ours in _OF_JINJA:
        found = re.match(pattern, message)
        if found is not None:
            return ours.format(**{part: _SIGNS.get(words, words) for part, words in found.groupdict().items()})
    return message.rstrip(".")


_SIGNS = {"end of print statement": "}}", "end of statement block": "%}", "begin of print statement": "{{"}
"""What Jinja calls signs."""


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
