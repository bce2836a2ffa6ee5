"""Writes cmaes_parameters.json: default parameters of CMA-ES in two other implementations of arXiv:1604.00772.

What belongs to the covariance matrix is from cma (the tutorial's second version), what belongs to the step size from cmaes.

    pip install cma cmaes numpy
    python3 cmaes_parameters.py > cmaes_parameters.json
"""
import json
import sys

import cma
import numpy as np
from cmaes import CMA

rows = []
for dimension, size in [(2, 6), (5, 8), (10, 10), (10, 40), (40, 15), (40, 120)]:
    step = CMA(mean=np.zeros(dimension), sigma=1.0, population_size=size)
    shape = cma.CMAEvolutionStrategy(dimension * [0], 1, dict(popsize=size, verbose=-9)).sp
    rows.append(dict(
        dimension=dimension, size=size, weights=[float(w) for w in shape.weights], mass=float(shape.weights.mueff),
        stepRate=float(step._c_sigma), stepDamping=float(step._d_sigma), pathRate=float(shape.cc),
        rankOneRate=float(shape.c1), rankMuRate=float(shape.cmu), normalLength=float(step._chi_n)))
json.dump(rows, sys.stdout)
