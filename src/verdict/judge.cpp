#include "verdict/judge.h"
