# embed_page(TARGET): web/page.css and web/page.bundle.js become strings of the binary with the hashes that the page's
# content security names, see report/html_page.cpp.
function(embed_page target)
  set(output "${PROJECT_BINARY_DIR}/generated/page_parts.inc")
  set(parts "${PROJECT_SOURCE_DIR}/web/page.css" "${PROJECT_SOURCE_DIR}/web/page.bundle.js")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND ${CMAKE_COMMAND} "-DOUTPUT=${output}" "-DPARTS=${parts}" -P "${PROJECT_SOURCE_DIR}/cmake/write_page.cmake"
    DEPENDS ${parts} "${PROJECT_SOURCE_DIR}/cmake/write_page.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
  target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()
