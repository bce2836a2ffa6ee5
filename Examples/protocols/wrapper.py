"""A wrapper of AClib 2: --seed S --config -x0 V -x1 V."""
import json
import sys

words = sys.argv[sys.argv.index("--config") + 1:]
config = dict(zip(words[::2], map(float, words[1::2])))
cost = (config["-x0"] - 1) ** 2 + (config["-x1"] + 2) ** 2
print("Result of this algorithm run:", json.dumps({"status": "SUCCESS", "cost": cost}))
