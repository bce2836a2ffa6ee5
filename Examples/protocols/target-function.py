"""A target function script of SMAC3: --seed=S --x0=V --x1=V."""
import sys

told = dict(word.lstrip("-").split("=", 1) for word in sys.argv[1:])
cost = (float(told["x0"]) - 1) ** 2 + (float(told["x1"]) + 2) ** 2
print(f"cost={cost!r}; status=SUCCESS")
