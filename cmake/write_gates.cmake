# Writes {"name", R"(text)"} rows for each gate file, by name.
set(rows "")
list(SORT GATES)
foreach(gate IN LISTS GATES)
  get_filename_component(name "${gate}" NAME_WE)
  file(READ "${gate}" text)
  string(APPEND rows "{\"${name}\", R\"gate(${text})gate\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
