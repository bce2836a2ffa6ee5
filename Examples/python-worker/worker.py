"""A worker of the protocol jsonl: replace `objective` by your own function."""

import json
import math
import sys
import traceback


def objective(x, seed):
    """What is to be made small: here Himmelblau's function, 0 at four points.

    x: list of floats. seed: an int, for a function that is noisy. Raise, or return nan, where there is no value.
    Round off digits that mean nothing to you, or Knee will take every one for an improvement.
    """
    a, b = x
    return round((a * a + b - 11) ** 2 + (a + b * b - 7) ** 2, 6)


def value(x, seed):
    """None is the null of JSON, which has no nan; Knee ranks such a point worst and goes on."""
    try:
        result = float(objective(x, seed))
    except Exception:
        traceback.print_exc()
        return None
    return result if math.isfinite(result) else None


answers, sys.stdout = sys.stdout, sys.stderr  # what your function prints is no answer


def say(message):
    print(json.dumps(message), file=answers, flush=True)


say({"ready": True})
for line in sys.stdin:
    request = json.loads(line)
    say({"id": request["id"], "value": [value(x, seed) for x, seed in zip(request["x"], request["seed"])]})
