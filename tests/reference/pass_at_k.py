#!/usr/bin/env python3
"""Expected values of tests/unit/metrics/pass_at_k_test.cpp: the estimator as the paper's own program computes it (Chen et al.,
"Evaluating large language models trained on code", 2021, figure 3), beside exact fractions of binomial coefficients."""
from fractions import Fraction
from math import comb


def paper(n, c, k):
    if n - c < k:
        return 1.0
    product = 1.0
    for i in range(n - c + 1, n + 1):
        product *= 1.0 - k / i
    return 1.0 - product


for n, c, k in [(4, 1, 1), (4, 2, 2), (200, 1, 10), (200, 13, 100), (200, 180, 3), (1000, 7, 1), (1000, 500, 2)]:
    exact = float(1 - Fraction(comb(n - c, k), comb(n, k)))
    assert abs(exact - paper(n, c, k)) < 1e-12
    print(n, c, k, repr(exact))
