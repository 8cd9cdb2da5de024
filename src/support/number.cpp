#include "support/number.h"
