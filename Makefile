# Makefile of sig: one file, not recursive. `make help` lists the targets.

PREFIX  ?= /usr/local
CC      ?= cc
SAN     ?=
T       ?=
BUILD   := build$(if $(SAN),-$(subst $(empty) ,-,$(subst $(comma),-,$(SAN))))
comma   := ,
empty   :=
VERSION := 0.1.0

PACKAGES := libcjson zlib libzstd libxxhash libcrypto
LIBS     = $(shell pkg-config --libs $(PACKAGES))
WARN     := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
            -Wwrite-strings -Wcast-qual -Wformat=2 -Wundef -Wvla $(if $(CI),-Werror)
CFLAGS   ?= -O2 -g
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE -Ilib -I. -MMD -MP $(WARN) $(CFLAGS) \
             -DSIG_VERSION='"$(VERSION)"' $(shell pkg-config --cflags $(PACKAGES)) \
             $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer)
ALL_LDFLAGS = $(LDFLAGS) $(if $(SAN),-fsanitize=$(SAN))

LIB_C   := $(wildcard lib/*/*.c)
CMD_C   := $(wildcard cmd/*.c)
UNIT_C  := $(wildcard tests/unit/*.c)
LIB_O   := $(LIB_C:%.c=$(BUILD)/%.o)
CMD_O   := $(CMD_C:%.c=$(BUILD)/%.o)
FAULT_O := $(LIB_C:%.c=$(BUILD)/fault/%.o) $(CMD_C:%.c=$(BUILD)/fault/%.o)
UNITS   := $(UNIT_C:%.c=$(BUILD)/%)

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.PHONY: all
all: $(BUILD)/sig ## build the program

$(BUILD)/sig: $(CMD_O) $(BUILD)/libgallery.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/libgallery.a: $(LIB_O)
	rm -f $@
	$(AR) rcs $@ $^

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(BUILD)/fault/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -DFAULTS -c -o $@ $<

$(BUILD)/sig-fault: $(FAULT_O)
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(LIBS)

$(BUILD)/tests/unit/%: $(BUILD)/tests/unit/%.o $(BUILD)/libgallery.a
	$(CC) $(ALL_LDFLAGS) -o $@ $^ $(shell pkg-config --libs check) $(LIBS)

.PHONY: units
units: $(UNITS) ## build the unit tests

.PHONY: clean
clean: ## remove what was built
	rm -rf build build-*

-include $(wildcard $(BUILD)/*/*.d $(BUILD)/*/*/*.d $(BUILD)/fault/*/*.d $(BUILD)/fault/*/*/*.d)
