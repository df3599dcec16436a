# SPDX-License-Identifier: Apache-2.0
# Two commands do everything on a fresh Debian 12 with a Swift 6 toolchain: make run, make test.
.PHONY: run test check lint build accuracy accuracy-full accuracy-own accuracy-kinds accuracy-codes accuracy-foreign bench install-packages install-test-packages clean
.DEFAULT_GOAL := run

# One configuration for running, checking and testing, so that nothing is built twice. Without
# the second flag `swift test` would build every package anew with -enable-testing.
CONFIGURATION := -c release
TESTING := --disable-testable-imports
BIN := .build/release
DEMO := scans/demo
OUT := out
DIGIT_SETS := ../shared/digits
DIGITS := out/digits/validation.digits

PACKAGES := \
  libcairo2-dev libchafa-dev libfontconfig-dev libglib2.0-dev libleptonica-dev libpango1.0-dev \
  libpng-dev libqpdf-dev libqrencode-dev libsqlite3-dev libssl-dev libtesseract-dev libtiff-dev \
  libturbojpeg0-dev libzxing-dev pkg-config poppler-utils tesseract-ocr-eng zlib1g-dev
TEST_PACKAGES := python3 qpdf sqlite3 tmux

# Installs what is missing, builds, runs the main job on the demo batch, and says what to do next.
run: install-packages build
	tools/run-demo.sh $(BIN) $(DEMO) $(OUT)

build:
	swift build $(CONFIGURATION)

test: install-test-packages
	@tools/run-tests.sh $(CONFIGURATION) $(TESTING)

# What a change must pass before it is looked at: formatting, warnings (they are errors), arrows.
check: install-test-packages lint
	swift build $(CONFIGURATION) --build-tests --explicit-target-dependency-import-check error
	swift package dump-package | tools/check-imports.py

lint:
	swift format lint --strict -r Sources Tests Package.swift

# The accuracy tables: of every set of sheets that is there, kept in docs/accuracy.md, of ballots
# of our own forms, painted, kept in docs/accuracy-own.md, of twelve kinds of marks, each as often
# as any other, in docs/accuracy-kinds.md, of codes written by hand in docs/accuracy-codes.md,
# and of pages that are no sheet of the form, in docs/accuracy-foreign.md.
accuracy: install-packages build accuracy-own accuracy-kinds accuracy-codes accuracy-foreign
	$(BIN)/measure accuracy --out docs/accuracy.md

# Half a million mark positions of clean and office ballots, 100,000 each of hard and photo, by a
# seed that nothing else uses: some 90 minutes on two cores and 6 GB in the temporary folder.
accuracy-full: install-packages build $(DIGITS)
	$(BIN)/measure own --digits $(DIGITS) --seed 1 --pages clean=5100 --pages office=5100 \
	  --pages hard=2050 --pages photo=2050 --out docs/accuracy-full.md

accuracy-own: install-packages build $(DIGITS)
	$(BIN)/measure own --digits $(DIGITS) --out docs/accuracy-own.md

accuracy-kinds: install-packages build
	$(BIN)/measure kinds --out docs/accuracy-kinds.md

accuracy-codes: install-packages build $(DIGITS)
	if [ -f $(DIGITS) ]; then $(BIN)/measure codes --digits $(DIGITS) --out docs/accuracy-codes.md; fi

# A thousand pages take some 45 minutes on two cores.
accuracy-foreign: install-packages build
	$(BIN)/measure foreign --pages 1000 --out docs/accuracy-foreign.md

# Written digits of people who trained no reader (docs/codes.md); codes stay empty without.
$(DIGITS):
	@if [ -d $(DIGIT_SETS) ]; then python3 tools/pack-digits.py $(DIGIT_SETS) $(@D); \
	else echo "no written digits in $(DIGIT_SETS): codes stay empty"; fi

# CPU milliseconds a page by stage, and pages a second.
bench: install-packages build
	$(BIN)/measure bench --out docs/performance.md

install-packages:
	@tools/install-packages.sh $(PACKAGES)

install-test-packages:
	@tools/install-packages.sh $(PACKAGES) $(TEST_PACKAGES)

clean:
	rm -rf .build
