# One-line aliases of dev.py, which also works where there is no make.
PYTHON ?= python3
ARGS ?=

.PHONY: run test check bench bench-full looks campaign conformance clean

run: ; $(PYTHON) dev.py run $(ARGS)
test: ; $(PYTHON) dev.py test $(ARGS)
check: ; $(PYTHON) dev.py check $(ARGS)
bench: ; $(PYTHON) dev.py bench $(ARGS)
bench-full: ; $(PYTHON) dev.py bench --full $(ARGS)
looks: ; $(PYTHON) dev.py looks $(ARGS)
campaign: ; $(PYTHON) dev.py campaign $(ARGS)
conformance: ; $(PYTHON) dev.py conformance $(ARGS)
clean: ; $(PYTHON) dev.py clean
