"""Writes bbob2009.json: published running times of BBOB-2009, to the target f_opt + 1e-8, as cocopp ships them.

A row's `evaluations` has one entry a trial; an entry that is null took `unsuccessful` evaluations and did not get there.
BIPOP-CMA-ES: Hansen (2009), doi:10.1145/1570256.1570333. NELDER: Hansen (2009), hal:inria-00382104.

    pip install cocopp==2.9.1 six
    python3 bbob2009.py > bbob2009.json
"""
import gzip
import json
import math
import pickle
import sys
from pathlib import Path

import cocopp

path = Path(cocopp.__file__).parent / "pprldistr2009_1e-8.pickle.gz"
published = pickle.load(gzip.open(path), encoding="latin1")
rows = []
for algorithm, dimension, functions in [
        ("BIPOP-CMA-ES", 10, (1, 2, 8, 10, 11, 12)), ("NELDER", 5, (1, 2, 8, 9, 10, 11, 12))]:
    for function in functions:
        hits, spent = published[algorithm][function][dimension]
        trials = [None if math.isnan(x) else int(x) for x in hits[1:]]
        unsuccessful = [int(x) for x, hit in zip(spent, trials) if hit is None]
        rows.append(dict(algorithm=algorithm, dimension=dimension, function=function, evaluations=trials,
                         unsuccessful=unsuccessful))
json.dump(rows, sys.stdout, indent=1)
