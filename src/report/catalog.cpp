#include "report/catalog.h"
