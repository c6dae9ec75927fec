#!/usr/bin/env python3
"""Prints the comparisons of the median filters of 3, 5 and 7 as loops that compilers vectorise.

Usage: generate-median-networks.py > ballast-median-networks.h

The window's columns are sorted once and shared by all windows that see them; two (of 5) or three
(of 7) neighbouring columns are merged once and shared by the windows on both sides.  Of the two
groups beside the centre only the middle ranks can be the median once the centre's column joins:
a bitonic split and a few halvings find those.  What no result needs is left out.
"""


class Network:
    """Straight-line code on named values; unused lines are dropped when it is printed."""

    def __init__(self):
        self.lines = []
        self.n = 0

    def value(self, expression, *operands):
        self.n += 1
        name = f"t{self.n}"
        self.lines.append((name, expression, operands))
        return name

    def load(self, expression):
        return self.value(expression)

    def low(self, a, b):
        return self.value(f"LOW ({a}, {b})", a, b)

    def high(self, a, b):
        return self.value(f"HIGH ({a}, {b})", a, b)

    def exchange(self, v, i, j):
        v[i], v[j] = self.low(v[i], v[j]), self.high(v[i], v[j])

    def print(self, results):
        needed = set(results.values())
        for name, _, operands in reversed(self.lines):
            if name in needed:
                needed.update(operands)
        for name, expression, _ in self.lines:
            if name in needed:
                print(f"      SAMPLE {name} = {expression};")
        print()
        for target, name in results.items():
            print(f"      {target} = {name};")


def sort(network, v):
    """Batcher's odd-even merge sort of any number."""
    n, p = len(v), 1
    while p < n:
        k = p
        while k >= 1:
            for j in range(k % p, n - k, 2 * k):
                for i in range(min(k, n - j - k)):
                    if (i + j) // (2 * p) == (i + j + k) // (2 * p):
                        network.exchange(v, i + j, i + j + k)
            k //= 2
        p *= 2


def merge(network, a, b):
    """Batcher's merge of two sorted lists; what is missing of a power of two stays in its place."""
    m = 1
    while m < max(len(a), len(b)):
        m *= 2
    first, end = m - len(a), m + len(b)
    v = [None] * first + a + b + [None] * (m - len(b))
    k = m
    while k >= 1:
        for j in range(k % m, 2 * m - k, 2 * k):
            for i in range(k):
                if first <= i + j and i + j + k < end:
                    network.exchange(v, i + j, i + j + k)
        k //= 2
    return v[first:end]


def extreme_of_bitonic(network, v, n, pick, other):
    """The @n values that @pick prefers, of a bitonic list, sorted from the most preferred."""
    while len(v) >= 2 * n and len(v) > 1:
        half = len(v) // 2
        kept = [pick(v[i], v[i + half]) for i in range(half)]
        v = kept + v[2 * half:] if len(v) % 2 else kept
    result = []
    v = list(v)
    for _ in range(n):
        for i in range(len(v) - 1, 0, -1):
            v[i - 1], v[i] = pick(v[i - 1], v[i]), other(v[i - 1], v[i])
        result.append(v.pop(0))
    return result


def middle(network, a, b, n):
    """The @n middle ranks of two sorted lists of one length, sorted."""
    size = len(a)
    lower = [network.low(a[i], b[size - 1 - i]) for i in range(size)]
    upper = [network.high(a[i], b[size - 1 - i]) for i in range(size)]
    top = extreme_of_bitonic(network, lower, n // 2, network.high, network.low)
    bottom = extreme_of_bitonic(network, upper, n // 2, network.low, network.high)
    return top[::-1] + bottom


def median_of_two(network, a, b):
    """The middle of two sorted lists, whose lengths differ by one: min over i of max (a[i], b[…])."""
    rank = (len(a) + len(b) + 1) // 2
    candidates = []
    for i in range(rank + 1):
        j = rank - i
        if i > len(a) or j > len(b):
            continue
        if i == 0:
            candidates.append(b[j - 1])
        elif j == 0:
            candidates.append(a[i - 1])
        else:
            candidates.append(network.high(a[i - 1], b[j - 1]))
    result = candidates[0]
    for candidate in candidates[1:]:
        result = network.low(result, candidate)
    return result


def loop(name, arguments, rows=0):
    print(f"BALLAST_CLONES static void\n{name} ({arguments})\n{{")
    for i in range(rows):
        print(f"  const SAMPLE *row_{i} = rows[{i}];")
    print("\n  for (gsize x = 0; x < n; x++)\n    {")


def end():
    print("    }\n}\n")


def columns(size):
    network = Network()
    loop(f"NAME (sort_columns_{size})", "const SAMPLE *const *rows, gsize n, SCRATCH *restrict scratch", size)
    # Rows differ by name, so that the compiler sees that they do not change.
    v = [network.load(f"row_{i}[x]") for i in range(size)]
    sort(network, v)
    network.print({f"scratch->column[{i}][x]": v[i] for i in range(size)})
    end()


def group(size, source, n, target, first, second):
    network = Network()
    loop(f"NAME (join_{target}_{size})", "gsize n, gsize step, SCRATCH *restrict scratch")
    a = [network.load(f"scratch->{source}[{i}][x]") for i in range(first)]
    b = [network.load(f"scratch->column[{i}][x + {n} * step]") for i in range(second)]
    v = merge(network, a, b)
    network.print({f"scratch->{target}[{i}][x]": v[i] for i in range(first + second)})
    end()


def choose(size, source, n_columns):
    network = Network()
    half = size // 2
    count = size * n_columns
    loop(f"NAME (choose_{size})", "gsize n, gsize step, SCRATCH *restrict scratch, SAMPLE *restrict target")
    a = [network.load(f"scratch->{source}[{i}][x]") for i in range(count)]
    b = [network.load(f"scratch->{source}[{i}][x + {half + 1} * step]") for i in range(count)]
    c = [network.load(f"scratch->column[{i}][x + {half} * step]") for i in range(size)]
    m = middle(network, a, b, size + 1)
    network.print({"target[x]": median_of_two(network, m, c)})
    end()


def choose_3():
    network = Network()
    loop("NAME (choose_3)", "gsize n, gsize step, SCRATCH *restrict scratch, SAMPLE *restrict target")
    lows, mids, highs = ([network.load(f"scratch->column[{i}][x + {k} * step]") for k in range(3)]
                         for i in range(3))
    low = network.high(network.high(lows[0], lows[1]), lows[2])
    high = network.low(network.low(highs[0], highs[1]), highs[2])

    def median(a, b, c):
        return network.high(network.low(a, b), network.low(network.high(a, b), c))

    network.print({"target[x]": median(low, median(*mids), high)})
    end()


print("/* Made by generate-median-networks.py. */")
for size in (3, 5, 7):
    columns(size)
choose_3()
group(5, "column", 1, "pair", 5, 5)
choose(5, "pair", 2)
group(7, "column", 1, "pair", 7, 7)
group(7, "pair", 2, "triple", 14, 7)
choose(7, "triple", 3)
