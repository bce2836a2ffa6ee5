# The commands of the README. Every target sets up what it needs.
.PHONY: learn test test-browser soak pictures lint format bench bench-learning widths clean setup browser release

EXAMPLE = nist/mgh17
KNEE = .build/release/knee
BENCHMARKS = .build/release/benchmarks

# The CPU at hand decides how wide vectors may be. Results are the same bit for bit; only the time differs.
# One build serves all targets: another flag would build everything anew.
MARCH := $(shell grep -qsw avx512dq /proc/cpuinfo && echo x86-64-v4 || { grep -qsw avx2 /proc/cpuinfo && echo x86-64-v3; })
FLAGS = -c release $(if $(MARCH),-Xcc -march=$(MARCH))

## make learn: build, then learn the budget of a real problem: two exponentials, fitted to data of NIST
learn: release
	@echo "knee learn $(EXAMPLE)"
	@$(KNEE) learn $(EXAMPLE)

## make test: build, then run all tests
test: setup
	swift build $(FLAGS) --build-tests
	swift test $(FLAGS) --skip-build

## make test-browser: open the pages that reports are in Chromium, in every width and colour scheme (a minute)
test-browser: setup browser
	swift build $(FLAGS) --build-tests
	KNEE_BROWSER=1 swift test $(FLAGS) --skip-build --filter BrowserTests

## make soak: the long tests: a hard kill at every single write, two hundred at random instants (minutes)
soak: setup
	swift build $(FLAGS) --build-tests
	KNEE_SOAK=1 swift test $(FLAGS) --skip-build --filter 'KillTests|SweepTests'

## make pictures: draw the pictures of the README anew, from the study of make learn
pictures: release
	rm -rf .build/pictures
	$(KNEE) learn nist/mgh17 --study mgh17 --ledger .build/pictures/knee.sqlite --quiet --no-page
	$(KNEE) export mgh17 --ledger .build/pictures/knee.sqlite --charts .build/pictures
	mkdir -p docs/pictures
	cp .build/pictures/quality.svg .build/pictures/heat.svg docs/pictures/

## make bench: measure what Benchmarks/RESULTS.md reports
bench: release
	$(BENCHMARKS) kernel
	$(BENCHMARKS) cost
	$(BENCHMARKS) ledger
	$(BENCHMARKS) external
	$(BENCHMARKS) regret
	$(BENCHMARKS) total

## make bench-learning: replay every policy on a table of traces, made once (minutes; FULL=--full: hours)
bench-learning: release
	$(BENCHMARKS) table $(FULL)
	$(BENCHMARKS) replay $(FULL) --known price --replays 10 --out Benchmarks
	$(BENCHMARKS) calibrate $(FULL) --replays 8

## make widths: the same studies from builds for other vector widths have the same digests (minutes)
widths: setup
	Benchmarks/widths.sh

## make lint: check formatting; a warning is an error, in the build as well
lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks

## make format: format in place
format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks

clean:
	swift package clean

release: setup
	swift build $(FLAGS)

# SQLite's header is all that is needed beside the Swift toolchain.
setup:
	@if echo '#include <sqlite3.h>' | cc -E - >/dev/null 2>&1 || echo '#include <sqlite3.h>' | clang -E - >/dev/null 2>&1; then :; \
	elif [ "$$(uname)" = Darwin ]; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -qy libsqlite3-dev; \
	elif command -v apt-get >/dev/null && command -v sudo >/dev/null; then sudo apt-get update -q && sudo apt-get install -qy libsqlite3-dev; \
	else echo "sqlite3.h is missing: install SQLite's development package (libsqlite3-dev, sqlite-devel or sqlite)." >&2; exit 1; fi

# Chromium, its driver and a font to draw letters with.
FONT = find /usr/share/fonts /usr/local/share/fonts "$$HOME/.fonts" /System/Library/Fonts -name '*.[to]t[fc]' 2>/dev/null | grep -q .
CHROMIUM = command -v chromedriver && { command -v chromium || command -v chromium-browser || command -v google-chrome || [ "$$(uname)" = Darwin ]; }
PACKAGES = chromium chromium-driver fonts-dejavu-core
browser:
	@if { $(CHROMIUM); } >/dev/null && $(FONT); then exit 0; fi; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -qy $(PACKAGES); \
	elif command -v apt-get >/dev/null && command -v sudo >/dev/null; then sudo apt-get update -q && sudo apt-get install -qy $(PACKAGES); fi; \
	if ! { $(CHROMIUM); } >/dev/null; then echo "There is no browser to test in: install Chromium and chromedriver ($(PACKAGES))." >&2; exit 1; fi
