"""The sum of squares as a worker of the protocol jsonl, as fast as Python's standard library makes a simple one.

    knee learn --protocol jsonl ... -- python3 Benchmarks/worker.py
"""

import json
import sys

write, flush = sys.stdout.write, sys.stdout.flush
for line in sys.stdin:
    request = json.loads(line)
    value = [sum([x * x for x in point]) for point in request["x"]]
    write(json.dumps({"id": request["id"], "value": value}) + "\n")
    flush()
