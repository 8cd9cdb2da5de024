# embed_templates(TARGET FOLDER): FOLDER/init-* become strings of the binary, see cli/templates.cpp.
function(embed_templates target folder)
  file(GLOB templates CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/${folder}/init-*")
  set(output "${PROJECT_BINARY_DIR}/generated/templates.inc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DTEMPLATES=${templates}" -P "${PROJECT_SOURCE_DIR}/cmake/write_templates.cmake"
    DEPENDS ${templates} "${PROJECT_SOURCE_DIR}/cmake/write_templates.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()
