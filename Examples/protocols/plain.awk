# One process an evaluation: the last line of standard output is the value.
BEGIN { printf "%.17g\n", (a - 1) ^ 2 + (b + 2) ^ 2 }
