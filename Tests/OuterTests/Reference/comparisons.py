"""Writes comparisons.json: what other implementations of the statistics of comparisons say.

    pip install numpy scipy scikit-posthocs statsmodels
    python3 comparisons.py > comparisons.json
"""
import json
import sys

import numpy as np
import scipy.stats as st
from statsmodels.stats.multitest import multipletests

rng = np.random.default_rng(20261126)
blocks, pairs, samples, holm = [], [], [], []
for n, k, decimals in [(5, 3, 6), (12, 4, 6), (24, 6, 1), (40, 5, 0)]:
    values = np.round(rng.normal(size=(n, k)) + 0.4 * np.arange(k), decimals)
    statistic, probability = st.friedmanchisquare(*values.T)
    ranks = st.rankdata(values, axis=1).mean(axis=0)
    blocks.append(dict(values=values.tolist(), ranks=ranks.tolist(), statistic=statistic, probability=probability))
for n, decimals, method in [(6, 9, "exact"), (20, 9, "exact"), (50, 9, "exact"), (30, 1, "approx"), (80, 9, "approx"),
                            (120, 0, "approx")]:
    values = np.round(rng.normal(size=n) + 0.2, decimals)
    test = st.wilcoxon(values, zero_method="wilcox", correction=True, method=method)
    pairs.append(dict(differences=values.tolist(), smaller=test.statistic, probability=test.pvalue))
for n, m, decimals in [(5, 7, 9), (30, 30, 9), (40, 25, 0)]:
    a, b = np.round(rng.normal(size=n), decimals), np.round(rng.normal(size=m) + 0.3, decimals)
    u = st.mannwhitneyu(a, b).statistic
    samples.append(dict(first=a.tolist(), second=b.tolist(), lower=1 - u / (n * m)))
for n in [1, 4, 15]:
    p = rng.uniform(size=n) ** 3
    holm.append(dict(probabilities=p.tolist(), adjusted=multipletests(p, method="holm")[1].tolist()))
ranges = [dict(families=k, level=level, bound=float(st.studentized_range.isf(level, k, np.inf)))
          for k in (2, 3, 6, 10, 20) for level in (0.1, 0.05, 0.01)]
gammas = [dict(shape=a, x=x, upper=float(st.gamma.sf(x, a))) for a in (0.5, 1, 2.5, 30) for x in (0.01, 0.7, 3, 29, 60)]
json.dump(dict(blocks=blocks, pairs=pairs, samples=samples, holm=holm, ranges=ranges, gammas=gammas), sys.stdout, indent=1)
