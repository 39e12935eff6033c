"""The figures of paired comparisons as SciPy computes them.

    pip install scipy==1.17.1
    python comparisons.py > ../../test/resources/dev/tunebeam/launcher/evaluate/comparisons.json

McNemar: scipy.stats.binomtest, one-sided. The bound: the difference at which the score statistic is
the normal quantile, found by scipy.optimize.brentq; the likelihood under that difference is
maximized numerically, not by Tango's formula. The bootstrap: numpy's percentile over draws whose
rows come from java.util.Random, whose algorithm its documentation gives; scipy.stats.bootstrap, with
draws of its own, has the same bound up to the noise of the draws, which is asserted here. Holm: by
its definition, over fractions.
"""

import json
import math
import random
from fractions import Fraction

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import binomtest, bootstrap, norm

Z = float(norm.ppf(0.95))


def score(only, other, n, difference):
    """The score statistic; q is the restricted probability that only the other one is right."""
    both = n - only - other

    def loss(q):
        terms = ((only, q + difference), (other, q), (both, 1 - 2 * q - difference))
        if any(p < 0 or (count > 0 and p <= 0) for count, p in terms):
            return 1e300
        return -sum(count * math.log(p) for count, p in terms if count > 0)

    low, high = max(0.0, -difference), (1 - difference) / 2
    q = minimize_scalar(loss, bounds=(low, high), method="bounded", options={"xatol": 1e-14}).x
    q = min((q, low, high), key=loss)
    variance = n * (2 * q + difference * (1 - difference))
    return (only - other - n * difference) / math.sqrt(variance)


def mcnemar(only, other, n):
    discordant = only + other
    estimate = (only - other) / n
    return {
        "only": only,
        "other": other,
        "rows": n,
        "better": float(binomtest(only, discordant, 0.5, alternative="greater").pvalue) if discordant else 1.0,
        "worse": float(binomtest(other, discordant, 0.5, alternative="greater").pvalue) if discordant else 1.0,
        "bound": brentq(lambda d: score(only, other, n, d) - Z, -1 + 1e-9, estimate - 1e-12, xtol=1e-13),
    }


class JavaRandom:
    def __init__(self, seed):
        self.seed = (seed ^ 0x5DEECE66D) & ((1 << 48) - 1)

    def next(self, bits):
        self.seed = (self.seed * 0x5DEECE66D + 0xB) & ((1 << 48) - 1)
        return self.seed >> (48 - bits)

    def below(self, bound):
        r = self.next(31)
        if bound & (bound - 1) == 0:
            return (bound * r) >> 31
        while r - r % bound + (bound - 1) >= 1 << 31:
            r = self.next(31)
        return r % bound


def resampled(differences):
    n, draws = len(differences), 1000
    rows = JavaRandom(12345)
    values = np.array(differences)
    means = np.array([values[[rows.below(n) for _ in range(n)]].mean() for _ in range(draws)])
    observed = values.mean()
    alike = observed - Z * Z / (n + Z * Z)
    bound = float(np.percentile(means, 5))
    own = bootstrap((values,), np.mean, confidence_level=0.9, method="percentile", n_resamples=9999,
                    random_state=np.random.default_rng(1)).confidence_interval.low
    assert abs(own - bound) < 0.1 * values.std() / math.sqrt(n) + 0.01, (own, bound)
    return {
        "differences": differences,
        "better": (int(np.sum(means - observed >= observed)) + 1) / (draws + 1),
        "worse": (int(np.sum(means - observed <= observed)) + 1) / (draws + 1),
        "bound": min(bound, alike),
    }


def holm(probabilities):
    exact = [Fraction(p).limit_denominator(10**6) for p in probabilities]
    order = sorted(range(len(exact)), key=lambda i: exact[i])
    adjusted, most = [0] * len(exact), Fraction(0)
    for rank, i in enumerate(order):
        most = max(most, min(Fraction(1), (len(exact) - rank) * exact[i]))
        adjusted[i] = most
    return {"given": probabilities, "adjusted": [float(p) for p in adjusted]}


def uneven(seed, n, shift):
    values = random.Random(seed)
    # Multiples of 1/64, so that sums are exact in any order.
    return [max(-64, min(64, values.randint(-40, 40) + shift)) / 64 for _ in range(n)]


print(json.dumps({
    "mcnemar": [mcnemar(*case) for case in [
        (5, 0, 20), (4, 0, 20), (0, 5, 50), (1, 9, 200), (30, 16, 1250), (16, 30, 1250),
        (12, 12, 300), (1, 1, 10), (60, 61, 3000), (700, 640, 20000), (3, 0, 3), (40, 2, 44),
        (0, 1, 1000), (2500, 2400, 50000)]],
    "bootstrap": [resampled(uneven(*case)) for case in [
        (1, 40, 0), (2, 64, 12), (3, 200, -6), (4, 333, 2), (5, 30, 25)]],
    "holm": [holm(p) for p in [
        [0.01, 0.04, 0.03, 0.005], [0.5], [0.02, 0.02, 0.02], [0.9, 0.001, 0.3, 0.2, 0.04]]],
}, indent=1))
