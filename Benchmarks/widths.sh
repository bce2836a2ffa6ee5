#!/usr/bin/env bash
# Results must not depend on how wide the CPU's vectors are: builds for every width that this CPU runs, and compares the
# digests of the same two studies.
set -euo pipefail
cd "$(dirname "$0")/.."

widths=(x86-64)
if grep -qsw avx2 /proc/cpuinfo; then widths+=(x86-64-v3); fi
if grep -qsw avx512dq /proc/cpuinfo; then widths+=(x86-64-v4); fi
ledgers=$(mktemp -d)
trap 'rm -rf "$ledgers"' EXIT

digest() {  # width, then what to learn
    ".build-$1/release/knee" learn "${@:2}" --quiet --ledger "$ledgers/$1.sqlite" | awk '$1 == "digest" { print $2 }'
}

for width in "${widths[@]}"; do
    swift build -c release --product knee --scratch-path ".build-$width" -Xcc "-march=$width" >&2
    # The defaults; and every rule and wall, on a function of exponentials, logarithms and cosines.
    study=$(digest "$width" nist/thurber)
    parts=$(digest "$width" bbob/f15 --max-evaluations 1000000 --swarm-sizes 12,50 --inertias 0.7298,stagnation \
        --rules inertiaWeight,constriction,fullyInformed,bareBones --boundaries reflect,clamp,resample)
    echo "$width $study $parts"
done | tee "$ledgers/digests"

[ "$(cut -d' ' -f2- "$ledgers/digests" | sort -u | wc -l)" = 1 ] || { echo "digests differ" >&2; exit 1; }
