#include "comparison/catalog.h"
