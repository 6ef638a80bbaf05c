# make            builds everything into build/ (programs in build/bin/)
# make deps       installs the Debian packages that are missing
# make demo       all that a fresh machine needs, then a first search
# make check      all that a fresh machine needs, then the tests
# make bench      times look-ups on the bundled sample
# make peers      times Xapian and SQLite's FTS5 beside us (CORPORA=dir, SETS,
#                 ROUNDS); installs them first, no part of the tests
# make growth     times answers in a 16th, a quarter and all of a collection
#                 (CORPORA=dir, ROUNDS)
# make fuzz       clang's fuzzer on the readers of the index (TIME=seconds in
#                 all); no part of the tests, which replay what it found
# make install    programs, library, header, pages (DESTDIR, PREFIX)
# make lint       house rules: floors, links, no jumps in a search
# make clean
#
# BUILD=dir       where to build; SAN=1 with ASan and UBSan; CC=clang

ifeq ($(origin CC),default)
CC      := gcc
endif
BUILD   ?= build
OPT     ?= -O3 -g
SAN     ?=
WERROR  ?=
PREFIX  ?= /usr/local
DESTDIR ?=

BUILD_PACKAGES := gcc make libc6-dev binutils libstemmer-dev libutf8proc-dev \
	libzstd-dev libxxhash-dev libyajl-dev libxml2-dev libarchive-dev \
	libuchardet-dev zlib1g-dev liblzma-dev
CHECK_PACKAGES := clang libclang-rt-dev g++ libcriterion-dev locales \
	pkg-config groff-base bzip2 xz-utils
PEERS_PACKAGES := g++ libxapian-dev libsqlite3-dev

CFLAGS_ALL := -std=c17 -D_GNU_SOURCE $(OPT) -isystem /usr/include/libxml2 -Wall -Wextra -Wconversion \
	-Wsign-conversion -ffp-contract=off -fvisibility=hidden -fPIC \
	-Iengine -Iinclude -I. $(CFLAGS)
# gcc for x86-64 clears and copies structs of 100 bytes and more by "rep stos" and
# "rep movs", which take some 30 cycles to start: 0.11 of 0.96 us of a query of
# two rare words.  clang has neither the habit nor the options.
LOOPS := $(foreach f,memset memcpy,-m$f-strategy=vector_loop:512:noalign,libcall:-1:noalign)
CFLAGS_ALL += $(shell $(CC) $(LOOPS) -E -x c /dev/null >/dev/null 2>&1 && echo $(LOOPS))
LDFLAGS_ALL := $(LDFLAGS)
ifneq ($(SAN),)
CFLAGS_ALL  += -fsanitize=address,undefined -fno-sanitize-recover=all \
	-fno-omit-frame-pointer
LDFLAGS_ALL += -fsanitize=address,undefined
endif
ifneq ($(WERROR),)
CFLAGS_ALL  += -Werror
endif

ENGINE_LIBS := -lstemmer -lutf8proc -lzstd -lxxhash -lpthread -lm
SOURCE_LIBS := -lyajl -lxml2 -larchive -luchardet -llzma -lz

ENGINE_SRC := $(wildcard engine/base/*.c engine/text/*.c engine/format/*.c \
	engine/index/*.c engine/build/*.c engine/query/*.c engine/rank/*.c \
	engine/answer/*.c engine/*.c)
SOURCE_SRC := $(foreach room,date source packed page form mail feed web input, \
	$(wildcard engine/$(room)/*.c))
SHARED_SRC := $(filter-out tools/nsindex%.c tools/nsquery%.c,$(wildcard tools/*.c))
NSINDEX_SRC := $(wildcard tools/nsindex*.c)
NSQUERY_SRC := $(wildcard tools/nsquery*.c)
BENCH_SRC  := $(wildcard bench/*.c)
objects = $(patsubst %.c,$(BUILD)/%.o,$(1))

BIN := $(BUILD)/bin
PROGRAMS := $(BIN)/nsindex $(BIN)/nsquery $(BIN)/nsbench
LIBRARIES := $(BUILD)/libnsindex.a $(BUILD)/libnsindex.so.0

.PHONY: all man install deps check-deps demo check check-rules check-unit check-break \
	check-agree check-history check-planted check-pruned check-torture check-faults \
	check-crash check-kill check-soak check-compare check-fuzz \
	check-extraction fuzz fuzz-here \
	check-race check-long check-cli check-bytes \
	check-sanitized bench peers growth lint clean
.SECONDARY:
all: $(PROGRAMS) $(LIBRARIES)

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

# every object of the engine, its internals visible: for our own programs
$(BUILD)/libinside.a: $(call objects,$(ENGINE_SRC))
	@rm -f $@
	@ar rcs $@ $^

# the forms of input, in which programs find those that they use
$(BUILD)/libsource.a: $(call objects,$(SOURCE_SRC))
	@rm -f $@
	@ar rcs $@ $^

# one object whose only global names are ns_*
$(BUILD)/libnsindex.a: $(call objects,$(ENGINE_SRC))
	@rm -f $@
	ld -r -o $(BUILD)/nsindex.o $^
	objcopy --localize-hidden $(BUILD)/nsindex.o
	@ar rcs $@ $(BUILD)/nsindex.o

$(BUILD)/libnsindex.so.0: $(call objects,$(ENGINE_SRC))
	$(CC) -shared -Wl,--no-undefined -Wl,-soname,libnsindex.so.0 $(LDFLAGS_ALL) -o $@ $^ \
		$(ENGINE_LIBS)

$(BIN)/nsindex: $(call objects,$(NSINDEX_SRC) $(SHARED_SRC) $(SOURCE_SRC)) \
		$(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(SOURCE_LIBS) $(ENGINE_LIBS)

$(BIN)/nsquery: $(call objects,$(NSQUERY_SRC) $(SHARED_SRC)) \
		$(BUILD)/libnsindex.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(SOURCE_LIBS) $(ENGINE_LIBS)

$(BIN)/nsbench: $(call objects,$(BENCH_SRC) $(SHARED_SRC)) \
		$(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(SOURCE_LIBS) $(ENGINE_LIBS)

# ---- packages --------------------------------------------------------------

# names what is missing and installs it; $(1): packages
define install_missing
	@missing=; for p in $(1); do \
		dpkg-query -W -f '$${db:Status-Status}\n' $$p 2>/dev/null | \
		grep -qx installed || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then \
		echo "installing missing packages:$$missing"; \
		sudo=; [ "$$(id -u)" = 0 ] || sudo=sudo; \
		$$sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		$$sudo apt-get install -y -qq --no-install-recommends \
			$$missing >/dev/null; \
	fi
endef

deps:
	$(call install_missing,$(BUILD_PACKAGES))

check-deps: deps
	$(call install_missing,$(CHECK_PACKAGES))

# ---- demo ------------------------------------------------------------------

demo: deps
	@$(MAKE) --no-print-directory -s all
	@rm -rf $(BUILD)/demo
	@echo '$$ nsindex build sample/world-news.txt'
	@$(BIN)/nsindex build -i $(BUILD)/demo sample/world-news.txt
	@echo
	@echo '$$ nsquery "chemical attack"'
	@$(BIN)/nsquery -i $(BUILD)/demo "chemical attack"

# ---- installation ----------------------------------------------------------

VERSION := $(shell sed -n 's/^.define NS_VERSION "\(.*\)"/\1/p' include/nsindex.h)

man: $(PROGRAMS)
	@tools/man/make.sh $(BIN) $(BUILD)/man

install: all man
	install -d $(addprefix $(DESTDIR)$(PREFIX)/,bin include lib/pkgconfig \
		share/man/man1 share/man/man5 share/bash-completion/completions)
	install -m 755 $(PROGRAMS) $(DESTDIR)$(PREFIX)/bin
	install -m 644 include/nsindex.h $(DESTDIR)$(PREFIX)/include
	install -m 644 $(BUILD)/libnsindex.a $(DESTDIR)$(PREFIX)/lib
	install -m 755 $(BUILD)/libnsindex.so.0 $(DESTDIR)$(PREFIX)/lib
	ln -sf libnsindex.so.0 $(DESTDIR)$(PREFIX)/lib/libnsindex.so
	printf '%s\n' 'prefix=$(PREFIX)' 'Name: nsindex' \
		'Description: full-text search for news archives' \
		'Version: $(VERSION)' 'Libs: -L$${prefix}/lib -lnsindex' \
		'Libs.private: $(ENGINE_LIBS)' 'Cflags: -I$${prefix}/include' \
		>$(DESTDIR)$(PREFIX)/lib/pkgconfig/nsindex.pc
	install -m 644 $(BUILD)/man/nsindex.1 $(BUILD)/man/nsquery.1 \
		$(DESTDIR)$(PREFIX)/share/man/man1
	install -m 644 $(BUILD)/man/nsindex-format.5 \
		$(DESTDIR)$(PREFIX)/share/man/man5
	for p in nsindex nsquery; do install -m 644 $(BUILD)/man/completion.bash \
		$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$p; done

# ---- tests -----------------------------------------------------------------

UNIT_SRC  := $(wildcard tests/test_*.c)
UNIT      := $(UNIT_SRC:tests/%.c=$(BUILD)/tests/%)
PLAIN     := spec_reader agree history pruned torture faults crash kill race \
	soak locale_build compare planted
HELPERS   := $(call objects,$(addprefix tests/,naive.c naive_articles.c \
	random_articles.c scratch.c crash_disk.c trial.c window.c orders.c \
	fault_tables.c naive_stories.c planted_articles.c))

$(BUILD)/tests/test_%: $(BUILD)/tests/test_%.o \
		$(call objects,$(SOURCE_SRC) $(SHARED_SRC)) $(BUILD)/libinside.a
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -lcriterion $(SOURCE_LIBS) $(ENGINE_LIBS)

$(BUILD)/tests/test_collapse: $(call objects,$(addprefix tests/,\
	planted_articles.c random_articles.c))

$(addprefix $(BUILD)/tests/,$(filter-out spec_reader,$(PLAIN))): \
$(BUILD)/tests/%: $(BUILD)/tests/%.o $(HELPERS) $(call objects,$(SOURCE_SRC)) \
		$(BUILD)/libinside.a
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(SOURCE_LIBS) $(ENGINE_LIBS)

# how well articles are found in real pages, where NS_CORPORA names them
check-extraction: $(BUILD)/tests/extraction
	@$(BUILD)/tests/extraction

$(BUILD)/tests/extraction: $(BUILD)/tests/extraction.o \
		$(BUILD)/libsource.a $(BUILD)/libinside.a
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(SOURCE_LIBS) $(ENGINE_LIBS)

$(BUILD)/tests/pruned: $(call objects,$(wildcard tests/pruned_*.c))

$(BUILD)/tests/faults: $(call objects,tests/fault_scenes.c)

$(BUILD)/tests/spec_reader: $(call objects,$(wildcard tests/spec/*.c))
	$(CC) $(LDFLAGS_ALL) -o $@ $^ -lzstd -lxxhash -lm

# targets for hostile bytes

# of fuzz_source.c one for each form of input, and one for all
FUZZ_FORMS  := auto csv tsv feed listing jsonl json mediawiki newsml text trec mail html warc
FUZZ        := $(filter-out source,$(patsubst tests/fuzz/fuzz_%.c,%, \
	$(wildcard tests/fuzz/fuzz_*.c))) $(FUZZ_FORMS)
FUZZ_SHARED := $(call objects,$(addprefix tests/fuzz/,fuzz.c ask.c) \
	tests/scratch.c tests/random_articles.c tests/orders.c)
F := $(BUILD)/tests/fuzz

$(addprefix $(F)/fuzz_,$(FUZZ_FORMS:%=%.o)): $(F)/fuzz_%.o: \
		tests/fuzz/fuzz_source.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -DFUZZ_FORMAT='"$*"' -MMD -MP -c $< -o $@

$(addprefix $(F)/replay_,$(FUZZ)): $(F)/replay_%: $(F)/fuzz_%.o $(F)/replay.o \
		$(FUZZ_SHARED) $(BUILD)/libsource.a $(BUILD)/libinside.a
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(SOURCE_LIBS) $(ENGINE_LIBS)

$(addprefix $(F)/fuzz_,$(FUZZ)): $(F)/fuzz_%: $(F)/fuzz_%.o $(FUZZ_SHARED) \
		$(BUILD)/libsource.a $(BUILD)/libinside.a
	$(CC) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(SOURCE_LIBS) \
		$(ENGINE_LIBS)
$(F)/fuzz_segment: $(F)/mutate_segment.o

$(F)/seeds: $(call objects,$(wildcard tests/fuzz/seeds*.c)) $(FUZZ_SHARED) \
		$(BUILD)/libinside.a
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(SOURCE_LIBS) $(ENGINE_LIBS)

$(BUILD)/tests/peak: $(BUILD)/tests/peak.o
	$(CC) $(LDFLAGS_ALL) -o $@ $^

T := $(BUILD)/tests
SAMPLE := sample/world-news.txt

check: check-deps
	@$(MAKE) --no-print-directory all $(UNIT) $(PLAIN:%=$(T)/%)
	@$(MAKE) --no-print-directory check-rules check-unit check-break \
		check-race check-cli
	@echo "all tests passed"

check-rules: all lint
	@tests/exports.sh $(BUILD)/libnsindex.so.0 $(BUILD)/libnsindex.a
	@for first in '' -DNSINDEX_FIRST; do \
		$(CC) -std=c17 -Wall -Wextra -Werror -Iinclude $$first \
			-fsyntax-only tests/nameser.c && \
		g++ -x c++ -std=c++17 -Wall -Wextra -Werror -Iinclude $$first \
			-fsyntax-only tests/nameser.c || exit 1; done
	@g++ -x c++ -std=c++17 -Wall -Wextra -Werror -Iinclude -fsyntax-only \
		include/nsindex.h
	@echo "nsindex.h: C and C++, before and behind <arpa/nameser.h>"

check-unit: $(UNIT)
	@failed=; for t in $(UNIT); do $$t --quiet || failed="$$failed $$t"; \
	done; if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; fi; \
	echo "unit tests: $(words $(UNIT)) programs passed"

check-break: check-agree check-history check-planted check-pruned check-torture \
	check-faults check-crash check-kill check-soak check-compare check-fuzz

check-agree: $(T)/agree $(T)/spec_reader
	@$(T)/agree $(T)/spec_reader $(SAMPLE)

# HISTORIES: how many random histories of adds, deletions and merges
HISTORIES ?= 500
check-history: $(T)/history $(T)/spec_reader
	@$(T)/history $(T)/spec_reader $(HISTORIES)

# PLANTED: how many articles that others are copies of
PLANTED ?= 2000
check-planted: $(T)/planted
	@$(T)/planted $(PLANTED)

# CASES: how many answers of the fast rankers are compared with the exhaustive
# one's; then the test must see the faults that are planted into them
CASES ?= $(if $(SAN),20000,100000)
check-pruned: $(T)/pruned
	@$(T)/pruned $(CASES)
	@for fault in $$($(T)/pruned --faults); do \
		$(T)/pruned --plant=$$fault 20000 >/dev/null 2>&1; \
		[ $$? = 3 ] || { echo "pruned: the fault $$fault was planted" \
		"and not seen"; exit 1; }; done

# TORTURE: how many bytes of the larger index are damaged
TORTURE ?= 200
check-torture: $(T)/torture
	@$(T)/torture 1 $(TORTURE) >$(T)/torture.log || { cat $(T)/torture.log; \
		exit 1; }
	@echo "torture: every byte and every length of a small index, $(TORTURE)" \
		"bytes of a larger one: all found, none hurt"

# CRASH: one crash in so many is looked at
CRASH ?= 10
check-crash: $(T)/crash
	@$(T)/crash $(CRASH)

# the same, at length; the longest first, for make -j
LONG := torture scale crash malloc pruned race agree kill soak hostile
check-long: $(LONG:%=long-%)
.PHONY: $(LONG:%=long-%)
long-pruned: $(T)/pruned ; @$(MAKE) --no-print-directory check-pruned CASES=1000000
long-torture: $(T)/torture ; @$(MAKE) --no-print-directory check-torture TORTURE=1500
long-race: ; @$(MAKE) --no-print-directory check-race RACE=60
long-crash: $(T)/crash ; @$< 1
long-kill: $(T)/kill ; @$<
long-soak: $(T)/soak ; @$<
long-agree: $(T)/agree $(T)/spec_reader ; @$^ $(SAMPLE) 77 4
long-malloc: $(PROGRAMS) $(T)/failing_malloc.so
	@tests/cli/malloc.sh $(BIN) $(T)/failing_malloc.so 1000
long-scale long-hostile: long-%: $(PROGRAMS) $(T)/peak
	@tests/cli/$*.sh $(BIN) $(T)/peak large

check-kill: $(T)/kill
	@$(T)/kill $(KILL)
KILL ?= 20 100

# raw collections beside the same articles, cut by others; in NS_CORPORA
check-compare: $(T)/compare
	@$(T)/compare

check-soak: $(T)/soak
	@$(T)/soak $(SOAK)
SOAK ?= 1000 10000

# hostile bytes that were found once, and what real encoders write
check-fuzz: $(F)/seeds $(FUZZ:%=$(F)/replay_%)
	@tests/fuzz/replay.sh $(F) $(FUZZ)

# new ones; TIME is shared by all targets, SEED 0 tries others each time
TIME ?= 300
SEED ?= 0
fuzz: check-deps
	@$(MAKE) -s --no-print-directory BUILD=build-fuzz CC=clang SAN=1 \
		OPT='-O2 -g' CFLAGS='-fsanitize=fuzzer-no-link $(CFLAGS)' fuzz-here

fuzz-here: $(F)/seeds $(FUZZ:%=$(F)/fuzz_%)
	@tests/fuzz/fuzz.sh $(F) $(TIME) $(SEED) $(FUZZ)

# threads under ThreadSanitizer; a race that is seeded must be seen
RACE ?= 6
check-race:
	@$(MAKE) -s --no-print-directory BUILD=build-tsan OPT='-O1 -g' \
		CFLAGS=-fsanitize=thread LDFLAGS=-fsanitize=thread \
		build-tsan/tests/race build-tsan/tests/history \
		build-tsan/tests/spec_reader
	@build-tsan/tests/race $(RACE)
	@build-tsan/tests/history build-tsan/tests/spec_reader 20
	@for seconds in 1 2 4 8 16; do \
		build-tsan/tests/race $$seconds --seed-a-race >/dev/null 2>&1 || \
		exit 0; done; echo "race: a seeded race was not seen"; exit 1

check-faults: $(T)/faults
	@$(T)/faults >$(T)/faults.log || { tail -5 $(T)/faults.log; exit 1; }
	@echo "faults: every allocation and file call failed in turn"

# MALLOC: how many allocations of each verb fail
MALLOC ?= 40
$(T)/failing_malloc.so: $(T)/failing_malloc.o
	$(CC) -shared -o $@ $^

check-cli: $(PROGRAMS) $(T)/failing_malloc.so $(T)/peak
	@tests/cli/run.sh $(BIN)
	@tests/formats.sh $(BIN)
	@tests/cli/speed.sh $(BIN)
	@tests/cli/grow.sh $(BIN)
	@tests/cli/scale.sh $(BIN) $(T)/peak small
	@tests/cli/hostile.sh $(BIN) $(T)/peak small
	@tests/cli/malloc.sh $(BIN) $(T)/failing_malloc.so $(MALLOC)
	@tests/cli/full_disk.sh $(BIN) $(SAMPLE)
	+@tests/cli/install.sh $(BUILD)

# the same bytes from gcc -O3, gcc -O0, clang, every CPU level and locale
check-bytes:
	@$(MAKE) -s BUILD=build-clang CC=clang build-clang/bin/nsindex \
		build-clang/tests/locale_build
	@$(MAKE) -s BUILD=build-O0 OPT='-O0 -g' build-O0/bin/nsindex \
		build-O0/tests/locale_build
	@$(MAKE) -s all $(T)/locale_build
	@tests/determinism.sh $(BUILD)/locales $(T)/locale_build \
		build-O0/tests/locale_build build-clang/tests/locale_build -- \
		$(BIN)/nsindex build-O0/bin/nsindex build-clang/bin/nsindex -- \
		$(SAMPLE)

# what runs with SAN=1: all but the rules and the clock
check-sanitized: check-unit check-break $(PROGRAMS)
	@tests/cli/run.sh $(BIN)

bench: all
	@$(BIN)/nsindex build -i $(BUILD)/demo $(SAMPLE) 2>/dev/null
	@$(BIN)/nsbench lookup -i $(BUILD)/demo bench/sample-queries.txt

# ---- beside other engines --------------------------------------------------

# CORPORA: what bench/peers/peers.sh expects there; SETS: news, mixed
CORPORA ?=
SETS    ?= news mixed
ROUNDS  ?= 7
PEERS_SRC := $(wildcard bench/peers/*.c bench/peers/*.cc)
PEERS_OBJ := $(patsubst %.cc,$(BUILD)/%.o,$(call objects,$(PEERS_SRC)))

$(BUILD)/%.o: %.cc Makefile
	@mkdir -p $(@D)
	$(CXX) -std=c++17 -D_GNU_SOURCE $(OPT) -Wall -Wextra -Iinclude -I. \
		$(CXXFLAGS) -MMD -MP -c $< -o $@

$(BIN)/nspeers: $(PEERS_OBJ) $(BUILD)/bench/queries.o \
		$(call objects,$(SOURCE_SRC) $(SHARED_SRC)) $(BUILD)/libinside.a
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS_ALL) -o $@ $^ -lxapian -lsqlite3 $(SOURCE_LIBS) \
		$(ENGINE_LIBS)

peers: deps
	$(call install_missing,$(PEERS_PACKAGES))
	@$(MAKE) --no-print-directory -s $(BIN)/nspeers
	@bench/peers/peers.sh $(BIN)/nspeers "$(CORPORA)" $(BUILD)/peers \
		$(ROUNDS) $(SETS)

# what bench/growth.sh expects in CORPORA; no part of the tests
growth: all
	@bench/growth.sh $(BIN) "$(CORPORA)" $(BUILD)/growth $(ROUNDS)

lint:
	@tests/floors.sh
	@tests/links.sh
	@tests/branches.sh gcc clang

clean:
	rm -rf $(BUILD)

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)
