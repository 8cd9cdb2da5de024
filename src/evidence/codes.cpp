#include "evidence/codes.h"
