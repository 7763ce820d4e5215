# The face of the build; meson and ninja stand behind it.  `make help` lists what there is.

BUILD = build
PREFIX = /usr/local
DESTDIR =
FUZZ_SECONDS = 60
TORTURE_ROUNDS = 200

.PHONY: all help demo test test-quick torture golden lint lint-quick score precision bench fuzz install clean
all: $(BUILD)/build.ninja
	@ninja -C $(BUILD)

$(BUILD)/build.ninja:
	@tool/setup.sh build
	@meson setup $(BUILD) -Dwerror=true

help:
	@echo 'make             the program, build/tocsin'
	@echo 'make demo        reads an article and shows the record, a trace and a tree'
	@echo 'make test        all tests, with gcc and with clang under its sanitizers, and that both give the same bytes'
	@echo 'make test-quick  the tests with gcc alone'
	@echo 'make torture     the ledger killed at TORTURE_ROUNDS ($(TORTURE_ROUNDS)) moments, and on a disk that fails at any call: nothing told is lost'
	@echo 'make golden      writes the golden readings and the pictures of README.md anew: say why in the commit'
	@echo 'make lint        layout, faults, spelling, sizes, forbidden calls, the manual page'
	@echo 'make lint-quick  the same without cppcheck and clang-tidy'
	@echo 'make score       measures the readings against ../shared and writes doc/scores.md'
	@echo 'make precision   which verdicts of doc/precision.md still stand, and which events await one'
	@echo 'make bench       measures speed and memory and writes doc/bench.md'
	@echo 'make fuzz        each fuzz target for FUZZ_SECONDS ($(FUZZ_SECONDS))'
	@echo 'make install     into $$DESTDIR$$PREFIX ($(PREFIX))'
	@echo 'make clean       removes build/'

demo: all
	@tool/demo.sh

test:
	@tool/setup.sh build test
	@tool/test.sh

test-quick: all
	@tool/test.sh quick

torture: all
	@TOCSIN=$(CURDIR)/$(BUILD)/tocsin TOCSIN_ROUNDS=$(TORTURE_ROUNDS) sh test/ledger.sh
	@LEDGER_FAULTS=all $(BUILD)/test/ledger_fault_test
	@LEDGER_FAULTS=all $(BUILD)/test/ledger_change_test test/ledger/version-1.sql

golden: all
	@test/golden.sh --renew
	@tool/picture.sh

lint:
	@tool/setup.sh build test lint
	@$(MAKE) --no-print-directory all
	@tool/lint.sh

lint-quick:
	@tool/setup.sh lint
	@tool/lint.sh quick

score: all
	@tool/score.sh

precision: all
	@tool/precision.sh

bench: all
	@tool/bench.sh

fuzz:
	@tool/setup.sh build test
	@tool/fuzz.sh $(FUZZ_SECONDS)

install: all
	@meson configure $(BUILD) --prefix '$(PREFIX)'
	@DESTDIR='$(DESTDIR)' meson install -C $(BUILD)

clean:
	@rm -rf $(BUILD)
