# Third-party libraries, all from the system's packages; `scripts/setup` installs them.

set(hint "run scripts/setup, or install the package named in README.md")
foreach(package CLI11 nlohmann_json yaml-cpp fmt simdjson FastFloat)
  find_package(${package} QUIET)
  if(NOT ${package}_FOUND)
    message(FATAL_ERROR "${package} was not found: ${hint}")
  endif()
endforeach()
find_package(Boost 1.74 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(libgit2 REQUIRED libgit2>=1.5)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3>=3.36)
pkg_check_modules(libcurl REQUIRED libcurl>=7.85)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash>=0.8)

# Loaded by src/sources/late_library.cpp when they are needed first, so only their headers are used here.
add_library(metricgate_late_libraries INTERFACE)
target_include_directories(metricgate_late_libraries SYSTEM INTERFACE ${libgit2_INCLUDE_DIRS} ${libcurl_INCLUDE_DIRS})
target_link_libraries(metricgate_late_libraries INTERFACE ${CMAKE_DL_LIBS})

# Boost.Math is used header-only; long double promotion is off because it differs between processors.
add_library(metricgate_boost_math INTERFACE)
target_include_directories(metricgate_boost_math SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
target_compile_definitions(metricgate_boost_math INTERFACE BOOST_MATH_PROMOTE_DOUBLE_POLICY=false)
