"""Evaluations that three swarms take to a criterion, written from their papers in NumPy and shared with no other code.

    pip install numpy && python3 swarms.py

prints, for every swarm and function, the median over 51 runs of the evaluations spent when the best value first fell to
the criterion (a generation is counted whole), and how many runs got there within 3,000 generations. SwarmFigureTests
holds these medians.

Mendes, Kennedy & Neves (2004), doi:10.1109/TEVC.2004.826074; Kennedy (2003), doi:10.1109/SIS.2003.1202251;
Clerc (2012), hal-00764996. Functions and criteria are those of Mendes, Kennedy & Neves, 30 dimensions.
"""

import numpy as np

D = 30
SEEDS = range(51)
GENERATIONS = 3000


def sphere(x):
    return (x**2).sum(-1)


def rosenbrock(x):
    return (100 * (x[..., 1:] - x[..., :-1] ** 2) ** 2 + (x[..., :-1] - 1) ** 2).sum(-1)


def rastrigin(x):
    return (x**2 - 10 * np.cos(2 * np.pi * x) + 10).sum(-1)


def griewank(x):
    return (x**2).sum(-1) / 4000 - np.cos(x / np.sqrt(np.arange(1, x.shape[-1] + 1))).prod(-1) + 1


FUNCTIONS = [
    (sphere, 100, 0.01),
    (rosenbrock, 30, 100),
    (rastrigin, 5.12, 100),
    (griewank, 600, 0.05),
]


def torus(rows, columns):
    number = np.arange(rows * columns).reshape(rows, columns)
    return np.stack([np.roll(number, s, a).ravel() for a in (0, 1) for s in (1, -1)], axis=1)


def fully_informed(f, bound, target, rng):
    """USquare, 20 particles on a torus of 4 x 5, phi 4.1, nobody is stopped at the bounds."""
    neighbours, chi, phi = torus(4, 5), 0.7298437881283576, 4.1
    x = rng.uniform(-bound, bound, (20, D))
    v = (rng.uniform(-bound, bound, x.shape) - x) / 2
    best, value = x.copy(), f(x)
    for generation in range(1, GENERATIONS):
        pull = np.zeros_like(x)
        for k in range(4):
            pull += rng.uniform(0, phi / 4, x.shape) * (best[neighbours[:, k]] - x)
        v = chi * (v + pull)
        x = x + v
        y = f(x)
        better = y < value
        best[better], value[better] = x[better], y[better]
        if value.min() <= target:
            return 20 * (generation + 1)
    return None


def bare_bones(f, bound, target, rng):
    """A ring of 20 particles, each with its best neighbour or itself as guide, that bounce off the bounds once."""
    ring = np.stack([np.arange(20), (np.arange(20) + 1) % 20, (np.arange(20) - 1) % 20], axis=1)
    x = rng.uniform(-bound, bound, (20, D))
    best, value = x.copy(), f(x)
    for generation in range(1, GENERATIONS):
        guide = best[ring[np.arange(20), value[ring].argmin(1)]]
        x = rng.normal((best + guide) / 2, np.abs(best - guide))
        wall = np.clip(x, -bound, bound)
        x = np.clip(2 * wall - x, -bound, bound)
        y = f(x)
        better = y < value
        best[better], value[better] = x[better], y[better]
        if value.min() <= target:
            return 20 * (generation + 1)
    return None


def standard_2011(f, bound, target, rng, at_once=True):
    """40 particles, K = 3, that stop at the bounds with -v / 2.

    They move at once, as the family here does, or one after the other in random order, as in Clerc's program.
    """
    size, w, c = 40, 1 / (2 * np.log(2)), 0.5 + np.log(2)
    x = rng.uniform(-bound, bound, (size, D))
    v = rng.uniform(-bound - x, bound - x)
    best, value = x.copy(), f(x)
    redraw = True
    for generation in range(1, GENERATIONS):
        if redraw:
            informs = np.eye(size, dtype=bool)
            for particle in range(size):
                informs[particle, rng.integers(0, size, 3)] = True
        before = value.min()
        heard, heard_value = (best.copy(), value.copy()) if at_once else (best, value)
        for i in rng.permutation(size):
            informants = np.flatnonzero(informs[:, i])
            g = informants[heard_value[informants].argmin()]
            if heard_value[g] >= heard_value[i]:
                centre = x[i] + c * (heard[i] - x[i]) / 2
            else:
                centre = x[i] + c * (heard[i] + heard[g] - 2 * x[i]) / 3
            direction = rng.normal(size=D)
            radius = rng.uniform() * np.linalg.norm(centre - x[i])
            v[i] = w * v[i] + centre + radius * direction / np.linalg.norm(direction) - x[i]
            x[i] += v[i]
            out = np.abs(x[i]) > bound
            x[i] = np.clip(x[i], -bound, bound)
            v[i][out] *= -0.5
            y = f(x[i])
            if y < value[i]:
                best[i], value[i] = x[i], y
        redraw = value.min() >= before
        if value.min() <= target:
            return size * (generation + 1)
    return None


def one_by_one(f, bound, target, rng):
    return standard_2011(f, bound, target, rng, at_once=False)


for swarm in (fully_informed, bare_bones, standard_2011, one_by_one):
    for f, bound, target in FUNCTIONS:
        spent = [swarm(f, bound, target, np.random.default_rng(seed)) for seed in SEEDS]
        reached = [e for e in spent if e is not None]
        median = sorted(e if e is not None else np.inf for e in spent)[len(spent) // 2]
        print(swarm.__name__, f.__name__, median, f"{len(reached)}/{len(spent)}", flush=True)
