// A module made for a later major version of the interface.
#include "trustcheck_module.h"

static const tc_module module = {
    .struct_size = sizeof(tc_module), .major = TC_ABI_MAJOR + 1, .minor = 0, .name = {"later", 5}, .version = {"1.0.0", 5},
};

const tc_module *trustcheck_module(void) { return &module; }
