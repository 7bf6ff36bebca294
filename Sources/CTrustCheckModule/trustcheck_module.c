#include "trustcheck_module.h"
