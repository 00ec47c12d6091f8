# Makefile of sig: one file. `make help` lists the targets.

PREFIX  ?= /usr/local
CC      ?= cc
SAN     ?=
T       ?=
SECONDS ?= 60
JOBS    ?= $(shell nproc)
comma   := ,
BUILD   := build$(if $(SAN),-$(subst $(comma),-,$(SAN)))
VERSION := 0.1.0

# What Debian calls what is needed: to build, then to test and to document.
DEBIAN  := gcc libc6-dev make pkg-config libcjson-dev zlib1g-dev libzstd-dev libxxhash-dev libssl-dev \
           liblzma-dev libexpat1-dev libarchive-dev libext2fs-dev \
           check e2fsprogs xfsprogs fdisk mandoc qemu-utils tar gzip xz-utils zstd bzip2 lz4 zip

# pkg-config is asked at the first compilation, not when this file is read: `make deps` may have to install it.
PACKAGES   := libcjson zlib libzstd libxxhash libcrypto liblzma expat
PKG_CFLAGS = $(eval PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES)))$(PKG_CFLAGS)
PKG_LIBS   = $(eval PKG_LIBS := $(shell pkg-config --libs $(PACKAGES)))$(PKG_LIBS)
CHECK_LIBS = $(eval CHECK_LIBS := $(shell pkg-config --libs check))$(CHECK_LIBS)

# Sanitizers make gcc warn of what is not so: there warnings are no errors.
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef -Wvla $(if $(CI),$(if $(SAN),,-Werror))
CFLAGS   ?= -O2 -g
SAN_FLAG := $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer)
C_FLAGS  := -std=c11 -D_GNU_SOURCE -Ilib -I. $(WARN) -DSIG_VERSION='"$(VERSION)"'
# V=1 shows the whole commands.
COMPILE  = $(if $(V),,@echo '  cc    $<';) $(CC) $(C_FLAGS) -MMD -MP $(CFLAGS) $(SAN_FLAG) $(PKG_CFLAGS) -c -o $@ $<
LINK     = $(if $(V),,@echo '  link  $@';) $(CC) $(LDFLAGS) $(SAN_FLAG) -o $@ $^

LIB_O   := $(patsubst %.c,$(BUILD)/%.o,$(wildcard lib/*/*.c))
CMD_O   := $(patsubst %.c,$(BUILD)/%.o,$(wildcard cmd/*.c))
UNITS   := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/unit/*.c))
BENCHES := $(patsubst %.c,$(BUILD)/%,$(wildcard tests/bench/*.c))
PROVERS := $(patsubst %.c,$(BUILD)/%,$(filter-out %_shim.c %/bent.c,$(wildcard tests/prove/*.c)))
SHIMS   := $(patsubst %.c,$(BUILD)/%.so,$(wildcard tests/prove/*_shim.c))
TRACED  := $(BUILD)/tests/fault/traced
FUZZERS := $(patsubst %.c,$(BUILD)/%,$(filter-out tests/fuzz/replay.c,$(wildcard tests/fuzz/*.c)))
DISK    := $(BUILD)/tests/cli/disk
# Only lib/os has fault points; everything else is the same in both programs.
FAULT_O := $(patsubst $(BUILD)/lib/os/%,$(BUILD)/fault/lib/os/%,$(LIB_O) $(CMD_O))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(JOBS)
endif

.PHONY: all
all: $(BUILD)/sig ## build the program

$(BUILD)/sig: $(CMD_O) $(BUILD)/libgallery.a
	$(LINK) $(PKG_LIBS)

# At fixed addresses, so that those that tests/fault/trace.c notes can be looked up.
$(BUILD)/sig-fault: $(FAULT_O) $(BUILD)/tests/fault/trace.o
	$(LINK) -no-pie -Wl,--wrap=fault_fires $(PKG_LIBS)

# The program with bugs, and file systems, made for it: tests/prove/bent.c.
BENDS := fcntl linkat renameat2 renameat fsync syncfs syscall ground_check
$(BUILD)/sig-bent: $(CMD_O) $(BUILD)/tests/prove/bent.o $(BUILD)/libgallery.a
	$(LINK) $(BENDS:%=-Wl,--wrap=%) $(PKG_LIBS)

$(BUILD)/libgallery.a: $(LIB_O)
	@rm -f $@
	$(if $(V),,@echo '  ar    $@';) $(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE)

$(BUILD)/fault/%.o: %.c
	@mkdir -p $(@D)
	$(COMPILE) -DFAULTS

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libgallery.a
	$(LINK) $(CHECK_LIBS) $(PKG_LIBS)

# Tests of the program's own files link those too, without its main.
$(BUILD)/tests/unit/cmd_%: $(BUILD)/tests/unit/cmd_%.o $(filter-out %/main.o,$(CMD_O)) $(BUILD)/libgallery.a
	$(LINK) $(CHECK_LIBS) $(PKG_LIBS)

# The same for what reads command lines.
$(BUILD)/tests/fuzz/cmd_line: %: %.o $(BUILD)/tests/fuzz/replay.o $(filter-out %/main.o,$(CMD_O)) $(BUILD)/libgallery.a
	$(LINK) $(PKG_LIBS)

$(filter-out %/cmd_line,$(FUZZERS)): $(BUILD)/tests/fuzz/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay.o $(BUILD)/libgallery.a
	$(LINK) $(PKG_LIBS)

$(BENCHES): $(BUILD)/tests/bench/%: $(BUILD)/tests/bench/%.o $(BUILD)/libgallery.a
	$(LINK) $(PKG_LIBS)

$(PROVERS): $(BUILD)/tests/prove/%: $(BUILD)/tests/prove/%.o $(BUILD)/libgallery.a
	$(LINK) $(PKG_LIBS) -lpthread

# Preloaded into the program: nothing of ours, nothing of a sanitizer.
$(SHIMS): $(BUILD)/%.so: %.c
	@mkdir -p $(@D)
	$(if $(V),,@echo '  cc    $<';) $(CC) $(C_FLAGS) $(CFLAGS) -shared -fPIC -o $@ $< -ldl

$(DISK) $(TRACED): $(BUILD)/%: $(BUILD)/%.o
	$(LINK)

.PHONY: tour
tour: ## install what is missing, build, and walk the whole path on a real disk image
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory all
	@PATH="$(CURDIR)/$(BUILD):$$PATH" examples/tour.sh

.PHONY: check check-now
check: ## install what is missing, build, run every test; T=unit/json or T=cli/gallery runs those
	@$(MAKE) --no-print-directory deps
	@$(MAKE) --no-print-directory check-now

# Unit tests and fuzz targets need only themselves; so one of them can be tried while other rooms do not compile.
PROVING := $(BUILD)/sig $(BUILD)/sig-fault $(DISK) $(TRACED) $(PROVERS) $(SHIMS) $(BUILD)/sig-bent $(BUILD)/tests/bench/meter
TESTED := $(UNITS) $(FUZZERS) $(PROVING)
OWN := $(filter $(patsubst %,$(BUILD)/tests/%%,$(T)),$(UNITS) $(FUZZERS))
check-now: $(if $(T),$(OWN) $(if $(filter-out unit% fuzz%,$(T)),$(PROVING)),$(TESTED))
	@BUILD=$(BUILD) SAN=$(SAN) CC='$(CC)' C_FLAGS='$(filter-out -D%,$(C_FLAGS))' JOBS=$(JOBS) tests/run $(T)

.PHONY: fault
fault: $(BUILD)/sig $(BUILD)/sig-fault $(DISK) ## fail every disk call of every changing command, in every way (long)
	@BUILD=$(BUILD) SWEEP=all JOBS=$(JOBS) tests/run $(or $(T),fault)

.PHONY: prove prove-long
prove: $(PROVING) ## hold every promise against the program, one table (half an hour); T=kill for one
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/prove/run $(T:prove/%=%)

prove-long: $(PROVING) ## the same with the full counts (hours)
	@BUILD=$(BUILD) JOBS=$(JOBS) tests/prove/run long $(T:prove/%=%)

.PHONY: bench bench-memory bench-replicate bench-start
bench: $(BUILD)/sig $(BENCHES) ## measure speed, memory and size beside cp, zstd, qemu-img; QUICK=1; PEERS=1
	@BUILD=$(BUILD) tests/bench/run

bench-replicate: $(BUILD)/sig $(BENCHES) ## measure replicating beside cp and rsync, audits beside xxhsum and zstd; QUICK=1
	@BUILD=$(BUILD) tests/bench/replicate

bench-start: $(BUILD)/sig $(BENCHES) ## measure start-up and lists of 10,000 versions beside git; RUNS=101
	@BUILD=$(BUILD) tests/bench/start

bench-memory: $(BUILD)/sig $(BENCHES) ## measure memory on a sparse disk of 2 TiB; QUICK=1
	@BUILD=$(BUILD) tests/bench/memory.sh

.PHONY: fuzz
fuzz: ## run the fuzz targets with clang's libFuzzer; T=json for one, SECONDS=60 for each
	@$(MAKE) --no-print-directory BUILD=build-fuzz CC=clang fuzz-targets \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined'
	@BUILD=build-fuzz SECONDS_EACH=$(SECONDS) tests/fuzz/run $(T)

.PHONY: fuzz-targets
fuzz-targets: $(FUZZERS:%=%-libfuzzer)
$(BUILD)/tests/fuzz/cmd_line-libfuzzer: $(BUILD)/tests/fuzz/cmd_line.o $(filter-out %/main.o,$(CMD_O)) $(BUILD)/libgallery.a
	$(LINK) -fsanitize=fuzzer,address,undefined $(PKG_LIBS)
%-libfuzzer: %.o $(BUILD)/libgallery.a
	$(LINK) -fsanitize=fuzzer,address,undefined $(PKG_LIBS)

.PHONY: units
units: $(UNITS) ## build the unit tests

.PHONY: man
man: $(BUILD)/sig ## generate the manual pages anew from the program
	$(BUILD)/sig generate man man

.PHONY: format
format: ## lay out the C files as .clang-format says
	clang-format -i $(wildcard cmd/*.[ch] lib/*.h lib/*/*.[ch] tests/*/*.[ch])

.PHONY: install
install: all ## install the program, its manuals and its completion; PREFIX=/usr/local, DESTDIR
	install -d $(DESTDIR)$(PREFIX)/bin
	install -m 755 $(BUILD)/sig $(DESTDIR)$(PREFIX)/bin/sig
	for script in bash:bash-completion/completions/sig zsh:zsh/site-functions/_sig fish:fish/vendor_completions.d/sig.fish; do \
	    $(BUILD)/sig completion $${script%%:*} > $(BUILD)/completion && \
	    install -D -m 644 $(BUILD)/completion $(DESTDIR)$(PREFIX)/share/$${script#*:} || exit 1; \
	done
	for page in man/*.[1-8]; do \
	    install -D -m 644 $$page $(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/} || exit 1; \
	done

.PHONY: deps
deps: ## install the Debian packages that are missing, or say how
	@command -v dpkg-query >/dev/null || exit 0; \
	found=$$(dpkg-query -W -f '$${db:Status-Abbrev} $${Package} ' $(DEBIAN) 2>/dev/null) || :; \
	missing=; for package in $(DEBIAN); do \
	    case " $$found" in *"ii  $$package "*) ;; *) missing="$$missing $$package";; esac; \
	done; \
	[ -n "$$missing" ] || exit 0; \
	if [ "$$(id -u)" = 0 ]; then as=; elif sudo -n true 2>/dev/null; then as='sudo -n'; \
	else printf 'missing packages; install them with:\n    sudo apt-get install --yes%s\n' "$$missing"; exit 1; fi; \
	echo "installing$$missing"; \
	apt() { $$as env DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet "$$@" </dev/null; }; \
	apt install --no-install-recommends $$missing || \
	    { apt update && apt install --no-install-recommends $$missing; }

.PHONY: clean
clean: ## remove what was built
	rm -rf build build-*

.PHONY: help
help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d $(BUILD)/fault/*/*/*.d)
