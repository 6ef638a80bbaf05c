# make            builds everything into build/ (programs in build/bin/)
# make deps       installs the Debian packages that are missing
# make demo       all that a fresh machine needs, then a first search
# make check      all that a fresh machine needs, then the tests
# make bench      times look-ups on the bundled sample
# make lint       house rules: floors, links, exports, line widths
# make clean
#
# BUILD=dir       where to build; SAN=1 with ASan and UBSan; CC=clang

CC      ?= gcc
BUILD   ?= build
OPT     ?= -O3 -g
SAN     ?=

CFLAGS_ALL := -std=c17 -D_GNU_SOURCE $(OPT) -Wall -Wextra -Wconversion \
	-Wsign-conversion -ffp-contract=off -fvisibility=hidden -fPIC \
	-Iengine -Iinclude $(CFLAGS)
LDFLAGS_ALL := $(LDFLAGS)
ifneq ($(SAN),)
CFLAGS_ALL  += -fsanitize=address,undefined -fno-sanitize-recover=all
LDFLAGS_ALL += -fsanitize=address,undefined
endif

ENGINE_LIBS := -lstemmer -lutf8proc -lzstd -lxxhash
SOURCE_LIBS := -lyajl

ENGINE_SRC := $(wildcard $(addprefix engine/, base/*.c text/*.c format/*.c \
	index/*.c build/*.c query/*.c rank/*.c answer/*.c)) $(wildcard engine/ns.c)
SOURCE_SRC := $(wildcard engine/source/*.c)
ENGINE_OBJ := $(ENGINE_SRC:%.c=$(BUILD)/%.o)
SOURCE_OBJ := $(SOURCE_SRC:%.c=$(BUILD)/%.o)

.PHONY: all deps demo check bench lint clean
all:

$(BUILD)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS_ALL) -MMD -MP -c $< -o $@

# what tests and tools of the house link: every engine object, internals visible
$(BUILD)/libinside.a: $(ENGINE_OBJ)
	@rm -f $@
	ar rcs $@ $^

-include $(wildcard $(BUILD)/*/*/*.d $(BUILD)/*/*.d)
