#pragma once

// Catch2 v2 (Debian 12) and v3 (newer systems) behind one include; both offer the matchers used
// here.
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

using Catch::Matchers::WithinAbs;
using Catch::Matchers::WithinRel;
