#include "sources/table_reader.h"
