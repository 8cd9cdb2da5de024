# Compiler settings as INTERFACE targets that every room links PRIVATE.

find_program(METRICGATE_CCACHE ccache)
if(METRICGATE_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without these it remembers nothing that was compiled with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CMAKE_COMMAND}" -E env CCACHE_SLOPPINESS=pch_defines,time_macros "${METRICGATE_CCACHE}")
endif()

add_library(metricgate_settings INTERFACE)
target_compile_features(metricgate_settings INTERFACE cxx_std_20)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
# Fused multiply-add changes the last digits from one processor to the next; results must not.
target_compile_options(metricgate_settings INTERFACE -ffp-contract=off)

# What the program reads, strangers wrote. These end a process whose memory was broken into before it can decide anything, as the
# OpenSSF compiler guide recommends; tests/structure/check_hardening.py looks for them in the binary. Not in other builds: the
# sanitizers look closer, and _FORTIFY_SOURCE needs optimisation.
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)
include(CheckCXXCompilerFlag)
set(hardening -fstack-protector-strong -fstack-clash-protection)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  list(APPEND hardening -fcf-protection=full)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  list(APPEND hardening -mbranch-protection=standard)
endif()
foreach(flag IN LISTS hardening)
  string(MAKE_C_IDENTIFIER "METRICGATE_KNOWS${flag}" known)
  check_cxx_compiler_flag(${flag} ${known})
  if(${known})
    target_compile_options(metricgate_settings INTERFACE $<$<CONFIG:Release>:${flag}>)
  endif()
endforeach()
# One option, in this order: some compilers define it themselves, and definitions of CMake come before its options.
target_compile_options(metricgate_settings INTERFACE $<$<CONFIG:Release>:SHELL:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
target_compile_definitions(metricgate_settings INTERFACE $<$<CONFIG:Release>:_GLIBCXX_ASSERTIONS>)
if(CMAKE_SYSTEM_NAME STREQUAL "Linux")
  target_link_options(metricgate_settings INTERFACE $<$<CONFIG:Release>:LINKER:-z,relro,-z,now,-z,noexecstack>)
endif()

add_library(metricgate_warnings INTERFACE)
target_compile_options(
  metricgate_warnings
  INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wnon-virtual-dtor -Wold-style-cast
            -Wcast-qual -Woverloaded-virtual -Wdouble-promotion -Wimplicit-fallthrough -Wswitch
            $<$<BOOL:${METRICGATE_WARNINGS_AS_ERRORS}>:-Werror>)

# g++ 12 reports these two inside libstdc++'s string and shared_ptr at -O2 where nothing is wrong
# (GCC bugs 105329 and 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(metricgate_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict)
endif()

if(METRICGATE_SANITIZE)
  set(sanitizers -fsanitize=address,undefined,float-divide-by-zero -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(metricgate_settings INTERFACE ${sanitizers})
  target_link_options(metricgate_settings INTERFACE ${sanitizers})
endif()
if(METRICGATE_FUZZ)
  target_compile_options(metricgate_settings INTERFACE -fsanitize=fuzzer-no-link)
  # Every comparison is reported to libFuzzer, which learns from it. Those of each character with tables and ranges teach
  # nothing, and took half of the time of all targets.
  set_source_files_properties(src/support/utf8.cpp src/support/visible.cpp PROPERTIES COMPILE_OPTIONS -fno-sanitize-coverage=trace-cmp)
endif()

# Most of the time of CI goes into compiling; these shorten it and lose none of what the tests find.
# For what does no bulk work, and is fast enough under the sanitizers without optimisation:
function(compile_quickly target)
  if(METRICGATE_SANITIZE AND NOT METRICGATE_FUZZ)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# Large headers are read once a target. Not where one develops, so that a header missing in a file is found there.
function(read_once target)
  if(METRICGATE_SANITIZE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# For tests, whose own code need not be fast: what they test is compiled as users run it.
function(compile_test_quickly target)
  compile_quickly(${target})
  if(METRICGATE_SANITIZE OR CMAKE_BUILD_TYPE STREQUAL "Release")
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
  # At -O1 g++ 12 reports an array overrun inside libstdc++'s string where nothing is wrong, as with the warnings above.
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>)
endfunction()
