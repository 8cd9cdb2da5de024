# embed_gates(TARGET FOLDER): every FOLDER/*.yaml becomes a string of the binary, see policy/built_in_gates.cpp.
function(embed_gates target folder)
  file(GLOB gates CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/*.yaml")
  set(output "${PROJECT_BINARY_DIR}/generated/built_in_gates.inc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DGATES=${gates}" -P "${PROJECT_SOURCE_DIR}/cmake/write_gates.cmake"
    DEPENDS ${gates} "${PROJECT_SOURCE_DIR}/cmake/write_gates.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()
