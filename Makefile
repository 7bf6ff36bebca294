# The two commands: `make demo` and `make test`. Both install what is missing.

SWIFT ?= swift
PACKAGES = libjansson-dev libre2-dev libzip-dev pkg-config
BUILD = .build
RELEASE = $(BUILD)/release
STATIC = -Xswiftc -static-stdlib
LINT = Package.swift Sources Plugins Tests

.PHONY: deps build demo test lint ci dist bench clean register

## Installs the C libraries that are missing; needs root only when something is.
deps:
	@missing=""; for package in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing from Debian:$$missing"; \
	  if [ "$$(id -u)" = 0 ]; then as=""; else as="sudo"; fi; \
	  $$as apt-get update -qq && DEBIAN_FRONTEND=noninteractive $$as apt-get install -y -qq --no-install-recommends $$missing; \
	else echo "All libraries are installed: $(PACKAGES)"; fi

## Builds the program and its modules for use.
build: deps
	$(SWIFT) build -c release $(STATIC)

## Audits the sample round of invented organisations.
demo: build
	$(RELEASE)/trustcheck check --round samples/2016-data-collection/round.json --fail-on never

## Runs all tests.
test: deps
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build --disable-xctest

## Checks layout and style.
lint:
	$(SWIFT) format lint --strict --recursive --parallel $(LINT)

ci: lint test build
	$(RELEASE)/trustcheck rules test

## A folder that runs on any Linux of the same age: program, modules, rule packs, register and libraries.
dist: build
	rm -rf dist && mkdir -p dist/trustcheck/lib
	cp $(RELEASE)/trustcheck dist/trustcheck/
	for module in Conformance Completeness Consistency StatusClassification; do \
	  cp $(RELEASE)/lib$$module.so dist/trustcheck/; done
	cp -r rules dist/trustcheck/rules
	cp README.md CHANGELOG.md dist/trustcheck/
	ldd $(RELEASE)/trustcheck | awk '/jansson|re2|libzip|libbz2|liblzma|libzstd|libcrypto|libxml2|libz\.so|libstdc|libgcc|icu/ {print $$3}' \
	  | xargs -r -I{} cp -L {} dist/trustcheck/lib/
	tar -C dist -czf dist/trustcheck-linux-$$(uname -m).tar.gz trustcheck
	@echo "dist/trustcheck runs by itself: dist/trustcheck/trustcheck --help"

bench: build
	Benchmarks/run

clean:
	rm -rf $(BUILD) dist
