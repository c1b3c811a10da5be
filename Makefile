# SPDX-License-Identifier: GPL-2.0-only
#
# The front door: wraps Kbuild, tools/ and scripts/.

KERNELRELEASE_RUNNING := $(shell uname -r)
KERNELDIR ?= /lib/modules/$(KERNELRELEASE_RUNNING)/build
PREFIX ?= /usr/local

.PHONY: all modules tools install uninstall modules_install
.PHONY: check check-all check-unit coverage fuzz check-device demo shell bench mutants clean

all: modules tools

modules:
	$(MAKE) -C $(KERNELDIR) M=$(CURDIR) modules

modules_install:
	$(MAKE) -C $(KERNELDIR) M=$(CURDIR) modules_install

tools:
	$(MAKE) -C tools all

install uninstall:
	$(MAKE) -C tools $@ DESTDIR=$(DESTDIR) PREFIX=$(PREFIX)

# One of them: make check T=test_passive, on one kernel: K=7.3.
check:
	scripts/check

check-all:
	scripts/check --all

# Do the tests notice when something is broken?
mutants:
	scripts/mutants

# Fuzzing takes RUNTIME=600 seconds, if not told otherwise.
check-unit coverage fuzz:
	$(MAKE) -C tools $@

# A drive of this machine, read only: make check-device DEV=/dev/sr0
check-device:
	scripts/check-device $(DEV)

demo:
	scripts/demo

shell:
	scripts/demo --shell

bench:
	scripts/bench

clean:
	$(MAKE) -C tools clean
	test ! -d $(KERNELDIR) || $(MAKE) -C $(KERNELDIR) M=$(CURDIR) clean
