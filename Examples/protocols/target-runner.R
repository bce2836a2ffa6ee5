# irace, in R: the same call as target-runner's.
words <- commandArgs(trailingOnly = TRUE)
value <- function(name) as.numeric(words[match(name, words) + 1])
cat(sprintf("%.17g\n", (value("--x0") - 1)^2 + (value("--x1") + 2)^2))
