# Writes {"path below FOLDER", R"(text)"} rows, in the order given.
set(rows "")
foreach(template IN LISTS TEMPLATES)
  file(READ "${FOLDER}/${template}" text)
  string(APPEND rows "{\"${template}\", R\"template(${text})template\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
