"""Writes runtimes.json: what other implementations say of running times.

    pip install numpy six cocopp==2.9.1 iohinspector==0.0.8
    python3 runtimes.py > runtimes.json

Running times are those of cocopp (expected, and the mean and quantiles of simulated restarts), attainment over all precisions
and at those of COCO below 100 that of iohinspector. Data and performance profiles are written down from More & Wild (2009) and Dolan & More
(2002) here, in another way than in the program: from the whole curve of every run.
"""
import contextlib
import json
import sys

import numpy as np
import polars as pl

with contextlib.redirect_stdout(sys.stderr):
    import iohinspector
    from cocopp.toolsstats import simulated_evals, sp

rng = np.random.default_rng(20261127)
BUDGET = 3000


def improvements(rate, floor):
    """Evaluations and precisions of one run: every improvement on the way down to its floor."""
    curve = 10 ** (2.5 - rate * np.arange(1, BUDGET + 1) ** 0.45 + rng.normal(size=BUDGET)) + floor
    best = np.minimum.accumulate(curve)
    first = np.flatnonzero(np.r_[True, np.diff(best) < 0])
    return [[int(i) + 1, float(best[i])] for i in first]


def at(run, evaluations):
    """The best value after so many evaluations."""
    return min((y for e, y in run if e <= evaluations), default=np.inf)


# Problem and block of each family's run: three problems in 2, 5 and 10 dimensions.
dimensions, families, blocks = [2, 5, 10], {"a": 0.31, "b": 0.22, "c": 0.13}, 4
runs = [dict(family=f, problem=p, block=b, improvements=improvements(r * (1.2 - 0.3 * p), 10.0 ** -rng.integers(1, 10)))
        for f, r in families.items() for p in range(3) for b in range(blocks)]

# Expected running times, some of them infinite: null.
times = []
for _ in range(12):
    n = int(rng.integers(1, 16))
    spent = rng.integers(100, 1000, size=n)
    hits = [int(rng.integers(1, s + 1)) if rng.uniform() < 0.4 else None for s in spent]
    evals = [h if h is not None else int(s) for h, s in zip(hits, spent)]
    value, rate, successes = sp(evals, issuccessful=[h is not None for h in hits])
    times.append(dict(hits=hits, spent=spent.tolist(), expected=float(value) if successes else None,
                      rate=float(rate), successes=int(successes)))

# Simulated restarts of one of them: every run is the first equally often.
np.random.seed(1)
pick = next(t for t in times if 0 < t["successes"] < len(t["hits"]) - 2)
order = [h for h in pick["hits"] if h is not None] + [s for h, s in zip(pick["hits"], pick["spent"]) if h is None]
sample = np.array(simulated_evals(order, len(order) - pick["successes"], samplesize=len(order) * 100_000))
restarts = dict(hits=pick["hits"], spent=pick["spent"], mean=float(sample.mean()), deviation=float(sample.std()),
                quartiles=[float(q) for q in np.quantile(sample, [0.25, 0.5, 0.75])])

# Attainment, from iohinspector: over all precisions, and at the 50 below 100; its first target, 100, is reached by all.
frame = pl.DataFrame([dict(data_id=k, algorithm_name=r["family"], evaluations=e, raw_y=y)
                      for k, r in enumerate(runs) for e, y in r["improvements"]])
grid = sorted(set(np.logspace(0, np.log10(BUDGET), 40).astype(int).tolist()))
curve = iohinspector.metrics.get_data_ecdf(frame, f_min=1e-8, f_max=1e2, eval_values=grid)
attainment, at_targets = {}, {}
for f in families:
    own = curve[curve.algorithm_name == f].sort_values("evaluations")
    attainment[f] = own.eaf.tolist()
    table = iohinspector.metrics.get_discritized_eaf_single_objective(
        frame.filter(pl.col("algorithm_name") == f), eval_values=grid, f_min=1e-8, f_max=1e2, f_targets=51)
    at_targets[f] = table.iloc[1:].mean(axis=0).tolist()

# Data and performance profiles.
def time_to_solve(run, bound):
    return next((e for e in range(1, BUDGET + 1) if at(run, e) <= bound), np.inf)


kappas, ratios, profiles = [0.5, 1, 3, 10, 30, 100, 300, 1000], [1, 1.5, 2, 5, 20, 1000], []
for tolerance in (1e-1, 1e-3, 1e-5):
    solved = {f: [] for f in families}
    for p in range(3):
        for b in range(blocks):
            block = {r["family"]: r["improvements"] for r in runs if (r["problem"], r["block"]) == (p, b)}
            f0 = max(at(run, 1) for run in block.values())
            fl = min(at(run, BUDGET) for run in block.values())
            for f, run in block.items():
                solved[f].append((time_to_solve(run, fl + tolerance * (f0 - fl)), dimensions[p]))
    fastest = [min(solved[f][k][0] for f in families) for k in range(3 * blocks)]
    profiles.append(dict(
        tolerance=tolerance,
        data={f: [float(np.mean([t <= k * (d + 1) for t, d in s])) for k in kappas] for f, s in solved.items()},
        performance={f: [float(np.mean([t <= a * m and np.isfinite(t) for (t, _), m in zip(s, fastest)]))
                         for a in ratios] for f, s in solved.items()}))

json.dump(dict(budget=BUDGET, dimensions=dimensions, runs=runs, times=times, restarts=restarts, grid=grid,
               attainment=attainment, atTargets=at_targets, kappas=kappas, ratios=ratios, profiles=profiles), sys.stdout)
