# The two commands: `make demo` and `make test`. Both install what is missing, and say what.

SWIFT ?= swift
# What the program is built with, and what its tests need beside that.
PACKAGES = libjansson-dev libre2-dev libzip-dev libxml2-dev libxlsxwriter-dev pkg-config
TEST_PACKAGES = gcc libc6-dev python3 python3-jsonschema python3-venv chromium
# What the tests use from PyPI, in a folder of its own; without it those tests are skipped, and say so.
PYTHON_PACKAGES = playwright==1.65.2 axe-playwright-python==0.1.8 agate==1.14.2 geojson==3.3.0 jsonschema==4.26.0 \
  openpyxl==3.1.5 xmlschema==4.3.2
RELEASE = .build/release
# The Swift libraries go into the program, which then starts in milliseconds; the other libraries are looked for beside
# it first, so that `dist` runs where they are not installed.
STATIC = -Xswiftc -static-stdlib -Xswiftc -use-ld=lld -Xlinker --disable-new-dtags -Xlinker -rpath -Xlinker '$$ORIGIN/lib'
MODULES = Completeness Conformance Consistency StatusClassification
LINT = Package.swift Sources Plugins Tests

.PHONY: deps test-deps build demo test lint docs check-docs mutants ci dist bench memory clean

# Installs those of the packages in $(1) that are missing; needs root only when something is.
define install
@missing=""; for package in $(1); do \
  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
done; \
if [ -z "$$missing" ]; then echo "Installed already: $(1)"; exit 0; fi; \
echo "Installing from Debian:$$missing"; \
as=""; if [ "$$(id -u)" != 0 ]; then as="sudo"; fi; \
$$as apt-get update -qq && \
  DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing >/dev/null
endef

## Installs the libraries that the program is built with.
deps:
	$(call install,$(PACKAGES))

test-deps:
	$(call install,$(PACKAGES) $(TEST_PACKAGES))
	@if [ "$$(cat .build/python/installed 2>/dev/null)" = "$(PYTHON_PACKAGES)" ]; then \
	  echo "Installed already: $(PYTHON_PACKAGES)"; \
	else \
	  echo "Installing from PyPI into .build/python: $(PYTHON_PACKAGES)"; mkdir -p .build && \
	  python3 -m venv .build/python && .build/python/bin/pip install -q --disable-pip-version-check $(PYTHON_PACKAGES) \
	  && echo "$(PYTHON_PACKAGES)" > .build/python/installed; \
	fi

## Builds the program and its modules for use.
build: deps
	$(SWIFT) build -c release $(STATIC)

## Audits the sample round of invented organisations.
demo: build
	$(RELEASE)/trustcheck check --round samples/2016-data-collection/round.json --fail-on never

## Runs all tests.
test: test-deps
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest

## Checks layout and style.
lint:
	$(SWIFT) format lint --strict --recursive --parallel $(LINT)

## Breaks every shipped rule in every way; fails when its examples do not notice.
mutants: build
	$(RELEASE)/trustcheck rules test --mutate

## Writes the pages about the rule packs, docs/rules.
docs: build
	$(RELEASE)/trustcheck rules docs

## Fails when a page about the rule packs is not as the packs are now.
check-docs: build
	$(RELEASE)/trustcheck rules docs --check

ci: lint test check-docs mutants
	$(RELEASE)/trustcheck rules test

## A folder that runs on any Linux of the same age: program, modules, rule packs, register, samples and libraries.
dist: build
	rm -rf dist && mkdir -p dist/trustcheck/lib
	cp $(RELEASE)/trustcheck $(foreach module,$(MODULES),$(RELEASE)/lib$(module).so) dist/trustcheck/
	strip dist/trustcheck/trustcheck dist/trustcheck/*.so
	cp -r rules samples docs README.md CHANGELOG.md dist/trustcheck/
	find dist -name __pycache__ -prune -exec rm -rf {} +
	ldd $(RELEASE)/trustcheck | awk '$$3 ~ /^\// && $$1 !~ /^(libc|libm|ld-linux[^.]*)[.]so/ {print $$3}' | xargs -I{} cp -L {} dist/trustcheck/lib/
	tar -C dist -czf dist/trustcheck-linux-$$(uname -m).tar.gz trustcheck
	@echo "dist/trustcheck runs by itself: dist/trustcheck/trustcheck --help"

## Measures against DuckDB on the same rows and checks.
bench: build
	Benchmarks/run

## Shows that reading takes no more memory for a large file than for a tenth of it.
memory: build
	Benchmarks/memory

clean:
	rm -rf .build dist
