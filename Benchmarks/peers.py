"""The standard swarm, 40 particles x 30 dimensions, here and in peers: ns per particle-dimension, one core, interleaved.

    pip install evosax jax pygmo
    python3 Benchmarks/peers.py            # after `make release`, from the project's folder

evosax (jitted by jax, 32-bit floats, one pair of random factors a particle) and pygmo (C++, its own objective) do
somewhat less a generation than Knee, which draws two 32-bit factors a coordinate and walls the box.
"""

import json
import os
import statistics
import subprocess
import tempfile
import time

os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
os.sched_setaffinity(0, {0})

import jax
import jax.numpy as jnp
import pygmo
from evosax.algorithms import PSO

SIZE, DIMENSION, GENERATIONS, ROUNDS = 40, 30, 1000, 25
PER = 1e9 / (SIZE * DIMENSION * GENERATIONS)
JAX = {
    "sphere": lambda x: jnp.sum(x * x),
    "rastrigin": lambda x: jnp.sum(x * x + 10 - 10 * jnp.cos(2 * jnp.pi * x)),
}


def knee(name):
    """A whole search as a user runs it; the time is the search's own."""
    with tempfile.TemporaryDirectory() as folder:
        command = [".build/release/knee", "run", name, "--dimension", str(DIMENSION), "--instance", "0"]
        command += ["--swarm-size", str(SIZE), "--iterations", str(GENERATIONS), "--format", "json"]
        answer = subprocess.run(command + ["--ledger", folder + "/k.sqlite"], capture_output=True, check=True)
    return json.loads(answer.stdout)["seconds"]


def evosax(name):
    swarm = PSO(population_size=SIZE, solution=jnp.zeros(DIMENSION))
    parameters = swarm.default_params
    value = jax.vmap(JAX[name])

    @jax.jit
    def search(key):
        key, start, begin = jax.random.split(key, 3)
        x = jax.random.uniform(start, (SIZE, DIMENSION), minval=-5.12, maxval=5.12)
        state = swarm.init(begin, x, value(x), parameters)

        def generation(carry, key):
            ask, tell = jax.random.split(key)
            points, state = swarm.ask(ask, carry, parameters)
            state, _ = swarm.tell(tell, points, value(points), state, parameters)
            return state, None

        return jax.lax.scan(generation, state, jax.random.split(key, GENERATIONS))[0].best_fitness

    search(jax.random.key(0)).block_until_ready()  # compiles

    def run(seed):
        start = time.perf_counter()
        search(jax.random.key(seed)).block_until_ready()
        return time.perf_counter() - start

    return run


def pagmo(name):
    """pagmo's generational swarm on its own C++ Rastrigin; it has no C++ sphere."""
    if name != "rastrigin":
        return None
    problem = pygmo.problem(pygmo.rastrigin(DIMENSION))

    def run(seed):
        population = pygmo.population(problem, SIZE, seed=seed)
        algorithm = pygmo.algorithm(pygmo.pso(gen=GENERATIONS, neighb_type=1, seed=seed))
        start = time.perf_counter()
        algorithm.evolve(population)
        return time.perf_counter() - start

    return run


print("| 40 x 30, ns per particle-dimension | Knee | evosax | evosax over Knee | pygmo | pygmo over Knee |")
print("|---|---|---|---|---|---|")
for name in ["sphere", "rastrigin"]:
    peers = [evosax(name), pagmo(name)]
    rounds = [(knee(name), *(peer(seed) if peer else float("nan") for peer in peers)) for seed in range(ROUNDS)]
    own, jitted, compiled = (statistics.median(column) * PER for column in zip(*rounds))
    ratios = [statistics.median(r[i] / r[0] for r in rounds) for i in (1, 2)]
    cells = [f"{own:.2f}", f"{jitted:.1f}", f"{ratios[0]:.1f} x", f"{compiled:.1f}", f"{ratios[1]:.1f} x"]
    print(f"| {name} | " + " | ".join("-" if "nan" in cell else cell for cell in cells) + " |")
