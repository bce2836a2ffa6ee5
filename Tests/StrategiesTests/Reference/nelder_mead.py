"""Writes nelder_mead.json: the points at which SciPy's Nelder-Mead evaluates, from the first simplex of a search here.

    pip install scipy numpy
    python3 nelder_mead.py > nelder_mead.json
"""
import functools
import json
import sys

import numpy as np
from scipy.optimize import minimize

# Where values tie, the order of Lagarias et al.: what was there first stays first.
np.argsort = functools.partial(np.argsort, kind="stable")

MASK = 2**64 - 1
GAMMA = 0x9E3779B97F4A7C15


def mix(z):
    """The finaliser of SplitMix64."""
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 & MASK
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB & MASK
    return z ^ (z >> 31)


def initial_point(seed, dimension, low, width):
    """Initial point 0 of a search whose stream has this seed."""
    child = mix(seed ^ mix(3 * GAMMA & MASK))
    child = mix((child + GAMMA) & MASK)
    child = mix(child ^ mix(GAMMA))
    key = mix((child + GAMMA) & MASK)
    draws = [mix((key + (j + 1) * GAMMA) & MASK) for j in range(dimension)]
    return [low + (draw >> 12) * 2.0**-52 * width for draw in draws]


def rosenbrock(x):
    total = 0.0
    for a, b in zip(x, x[1:]):
        total += 100.0 * ((b - a * a) * (b - a * a)) + (1.0 - a) * (1.0 - a)
    return total


def step(x):
    """Plateaus, where points tie."""
    total = 0.0
    for a in x:
        total += abs(float(np.floor(a / 4.0)))
    return total


def ellipsoid(x):
    total = 0.0
    for weight, a in enumerate(x, 1):
        total += weight * (a * a)
    return total


# Searches that stay inside the box of their first simplex.
SEEDS = dict(rosenbrock=((2, False, 2), (3, False, 6), (4, True, 10)),
             ellipsoid=((9, True, 3),), step=((2, False, 1), (3, False, 1), (4, True, 2), (9, True, 1)))
runs = []
for name, function in (("rosenbrock", rosenbrock), ("ellipsoid", ellipsoid), ("step", step)):
    for dimension, adaptive, seed in SEEDS[name]:
        start = initial_point(seed, dimension, -100.0, 200.0)
        simplex = [list(start)]
        for j in range(dimension):
            corner = list(start)
            corner[j] += (1.0 if corner[j] + 100.0 < 100.0 - corner[j] else -1.0) * 0.1 * 200.0
            simplex.append(corner)
        points = []

        def value(x):
            points.append([float(a) for a in x])
            return function(points[-1])

        minimize(value, start, method="Nelder-Mead", options=dict(
            initial_simplex=np.array(simplex), adaptive=adaptive, xatol=0, fatol=0,
            maxfev=60 if name == "step" else 200))
        assert all(abs(a) <= 100 for x in points for a in x), "outside"
        runs.append(dict(function=name, dimension=dimension, adaptive=adaptive, seed=seed, points=points))
json.dump(runs, sys.stdout)
