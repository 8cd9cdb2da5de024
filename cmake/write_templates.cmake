# Writes {"file name", R"(text)"} rows, by name.
set(rows "")
list(SORT TEMPLATES)
foreach(template IN LISTS TEMPLATES)
  get_filename_component(name "${template}" NAME)
  file(READ "${template}" text)
  string(APPEND rows "{\"${name}\", R\"template(${text})template\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
