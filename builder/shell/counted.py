"""How many remarks a build kept to itself -> the words for it.

It imports nothing: a build that has nothing to do says them too.
"""


def remarks_untold(number: int) -> str:
    """`3 remarks that glossator check tells`; "" for none."""
    return f"{number} remark{'' if number == 1 else 's'} that glossator check tells" if number else ""
