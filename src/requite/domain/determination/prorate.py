"""Split an amount by weights, to the cent."""

from collections.abc import Sequence


def prorate(total: int, weights: Sequence[int]) -> list[int]:
    """Shares of `total` cents in proportion to `weights`, by largest remainder.

    Parameters
    ----------
    total : int
        Cents to split; may be negative.
    weights : sequence of int
        Not negative. Where all are 0 the first takes everything.

    Returns
    -------
    list of int
        Cents, in the order of the weights; they sum to `total`. Equal remainders favour the
        earlier weight.

    Examples
    --------
    >>> prorate(165000, [210000, 65050, 24950])
    [115500, 35778, 13722]
    >>> prorate(-100, [1, 1, 1])
    [-34, -33, -33]
    """
    if len(weights) == 1:
        return [total]
    base = sum(weights)
    if base == 0:
        return [total] + [0] * (len(weights) - 1)
    size = abs(total)
    shares = [size * weight // base for weight in weights]
    missing = size - sum(shares)
    if missing:
        ranked = [(-(size * weight % base), index) for index, weight in enumerate(weights)]
        ranked.sort()
        for _, index in ranked[:missing]:
            shares[index] += 1
    return shares if total >= 0 else [-share for share in shares]
