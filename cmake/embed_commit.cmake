# embed_commit(TARGET): compiles the commit of the sources into the target, looked up at every build. Only one small
# file depends on it, and it is written only when the commit changed.
function(embed_commit target)
  set(generated "${CMAKE_CURRENT_BINARY_DIR}/generated/commit.cpp")
  add_custom_target(
    ${target}_commit
    COMMAND "${CMAKE_COMMAND}" -D "SOURCE=${PROJECT_SOURCE_DIR}" -D "OUT=${generated}" -P
            "${PROJECT_SOURCE_DIR}/cmake/write_commit.cmake"
    BYPRODUCTS "${generated}"
    VERBATIM)
  target_sources(${target} PRIVATE "${generated}")
  add_dependencies(${target} ${target}_commit)
endfunction()
