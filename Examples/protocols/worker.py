"""jsonl: one process that goes on; a line asks for a batch, a line answers."""
import json
import sys

for line in sys.stdin:
    request = json.loads(line)
    values = [(a - 1) ** 2 + (b + 2) ** 2 for a, b in request["x"]]
    print(json.dumps({"id": request["id"], "value": values}), flush=True)
