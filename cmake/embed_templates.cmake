# embed_templates(TARGET FOLDER FILE...): the files of FOLDER become strings of the binary, see cli/templates.cpp.
function(embed_templates target folder)
  set(output "${PROJECT_BINARY_DIR}/generated/templates.inc")
  list(TRANSFORM ARGN PREPEND "${PROJECT_SOURCE_DIR}/${folder}/" OUTPUT_VARIABLE paths)
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DFOLDER=${PROJECT_SOURCE_DIR}/${folder}" "-DTEMPLATES=${ARGN}" -P "${PROJECT_SOURCE_DIR}/cmake/write_templates.cmake"
    DEPENDS ${paths} "${PROJECT_SOURCE_DIR}/cmake/write_templates.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()
