# Arrow C++, which reads Parquet and Arrow files. Debian packages none; it comes from a system package (Apache's, conda-forge,
# vcpkg) or, for development and CI, from the wheel of pyarrow that scripts/setup --all puts into build/arrow.

set(METRICGATE_PARQUET AUTO CACHE STRING "Read Parquet and Arrow files by Arrow C++: AUTO (where it is found), ON or OFF")
set_property(CACHE METRICGATE_PARQUET PROPERTY STRINGS AUTO ON OFF)
set(METRICGATE_ARROW_WHEEL "${PROJECT_SOURCE_DIR}/build/arrow/pyarrow" CACHE PATH "The folder of an unpacked pyarrow wheel")

# The wheels of old systems have the old std::string inside: what links here has the new one.
function(test_arrow_wheel)
  include(CheckCXXSourceCompiles)
  set(CMAKE_CXX_STANDARD 20)
  set(CMAKE_REQUIRED_INCLUDES "${arrow_headers}")
  set(CMAKE_REQUIRED_LIBRARIES ${arrow_libraries})
  check_cxx_source_compiles(
    "#include <arrow/status.h>
     #include <arrow/util/config.h>
     #if ARROW_VERSION_MAJOR < ${arrow_oldest}
     #error too old
     #endif
     int main() { return static_cast<int>(arrow::Status::Invalid(\"x\").ToString().size()); }"
    METRICGATE_ARROW_WHEEL_LINKS)
endfunction()

set(METRICGATE_ARROW_FROM "")
set(arrow_oldest 26)  # the version that this was built and tested with
if(SKBUILD)  # a wheel of ours links nothing of another wheel
  set(METRICGATE_PARQUET OFF)
endif()
if(NOT METRICGATE_PARQUET STREQUAL "OFF")
  find_package(Arrow CONFIG QUIET)
  find_package(Parquet CONFIG QUIET)
  file(GLOB arrow_library "${METRICGATE_ARROW_WHEEL}/libarrow.so.*")
  file(GLOB parquet_library "${METRICGATE_ARROW_WHEEL}/libparquet.so.*")
  if(TARGET Arrow::arrow_shared AND TARGET Parquet::parquet_shared AND Arrow_VERSION VERSION_GREATER_EQUAL arrow_oldest)
    set(METRICGATE_ARROW_FROM system)
    set(arrow_libraries Parquet::parquet_shared Arrow::arrow_shared)
    get_target_property(arrow_headers Arrow::arrow_shared INTERFACE_INCLUDE_DIRECTORIES)
  elseif(arrow_library AND parquet_library)
    # By full path: the wheel has no names without a version, and no files of CMake.
    set(arrow_libraries "${parquet_library}" "${arrow_library}")
    set(arrow_headers "${METRICGATE_ARROW_WHEEL}/include")
    test_arrow_wheel()
    if(METRICGATE_ARROW_WHEEL_LINKS)
      set(METRICGATE_ARROW_FROM wheel)
    endif()
  endif()
  if(METRICGATE_PARQUET STREQUAL "ON" AND NOT METRICGATE_ARROW_FROM)
    message(FATAL_ERROR "METRICGATE_PARQUET is ON, but Arrow C++ ${arrow_oldest} was not found: run scripts/setup --all, or install it")
  endif()
endif()
message(STATUS "Parquet and Arrow files: ${METRICGATE_PARQUET}, Arrow C++ from: ${METRICGATE_ARROW_FROM}")

# Compiles the one file that sees Arrow, or the one that says that it is missing. Headers of Arrow reach no other file and no
# precompiled header.
function(use_arrow target)
  set(with "${PROJECT_SOURCE_DIR}/src/sources/arrow_file.cpp")
  set(without "${PROJECT_SOURCE_DIR}/src/sources/no_arrow.cpp")
  if(NOT METRICGATE_ARROW_FROM)
    set_source_files_properties("${with}" PROPERTIES HEADER_FILE_ONLY ON)
    return()
  endif()
  set_source_files_properties("${without}" PROPERTIES HEADER_FILE_ONLY ON)
  set(options "")
  foreach(folder IN LISTS arrow_headers)
    list(APPEND options -isystem "${folder}")
  endforeach()
  set_source_files_properties("${with}" PROPERTIES COMPILE_OPTIONS "${options}" SKIP_PRECOMPILE_HEADERS ON)
  foreach(library IN LISTS arrow_libraries)
    target_link_libraries(${target} PRIVATE $<LINK_ONLY:${library}>)
  endforeach()
endfunction()

# What is installed and packed: the program, or, where Arrow comes from a wheel, the program once more without it, because no
# other machine has that wheel's libraries. Gives back the target in `result`.
function(program_to_install program result)
  set(${result} ${program} PARENT_SCOPE)
  if(METRICGATE_ARROW_FROM STREQUAL "wheel")
    # HEADER_FILE_ONLY holds for a file in every target of this folder, hence the copy.
    configure_file(src/sources/no_arrow.cpp "${CMAKE_CURRENT_BINARY_DIR}/without_arrow/no_arrow.cpp" COPYONLY)
    # Its functions are found before the library of the room is looked into, so that nothing of Arrow is linked.
    add_executable(${program}_without_arrow src/main.cpp "${CMAKE_CURRENT_BINARY_DIR}/without_arrow/no_arrow.cpp")
    target_link_libraries(${program}_without_arrow PRIVATE metricgate_settings metricgate_warnings metricgate_cli)
    target_link_options(${program}_without_arrow PRIVATE -Wl,--as-needed)
    # Without a path to libraries: what CMake takes out of it when it installs would leave the length of this folder's name.
    set_target_properties(
      ${program}_without_arrow PROPERTIES OUTPUT_NAME ${program} SKIP_BUILD_RPATH ON
                                          RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/without_arrow")
    set(${result} ${program}_without_arrow PARENT_SCOPE)
  endif()
endfunction()
