"""Knee from Python: learn, then search with what was learned. Called with the path of knee."""
import json
import subprocess
import sys


def knee(verb, *words):
    """What a command answers. Exit code 3 is a verdict too: the best guess so far."""
    done = subprocess.run([sys.argv[1], verb, "--format", "json", *words], stdout=subprocess.PIPE)
    if done.returncode not in (0, 3):
        sys.exit(done.returncode)
    return json.loads(done.stdout)


study = ["--study", "bowl", "--resume", "--max-evaluations", "4k", "--floor", "20", "--quiet"]
objective = ["--bounds", "-5,5", "--dimension", "2", "--protocol", "jsonl"]
learned = knee("learn", *study, *objective, "--", "python3", "Examples/protocols/worker.py")
arm = learned["verdict"]["arm"]
best = knee("run", "--as", "bowl")["best"]
particles = arm["configuration"]["swarmSize"]
print(f"{particles} particles, {arm['budget']} evaluations: {best['value']:.3g} at {best['point']}")
