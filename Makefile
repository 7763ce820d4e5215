# The face of the build; meson and ninja stand behind it.  `make help` lists what there is.

BUILD = build

.PHONY: all help
all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) $(NINJAFLAGS)

$(BUILD)/build.ninja:
	@tool/setup.sh build
	@meson setup $(BUILD) --buildtype=debugoptimized -Dwerror=true

help:
	@echo 'make             build/tocsin'
