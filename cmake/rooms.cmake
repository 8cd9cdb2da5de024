# room(NAME ROOMS r... USES target...): one static library a room, from every file of src/NAME.
# USES are third-party targets: PRIVATE, so that their headers reach no other room.
function(room name)
  cmake_parse_arguments(arg "" "" "ROOMS;USES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/src/${name}/*.cpp")
  add_library(metricgate_${name} STATIC ${sources})
  target_include_directories(metricgate_${name} PUBLIC "${PROJECT_SOURCE_DIR}/src")
  list(TRANSFORM arg_ROOMS PREPEND metricgate_)
  target_link_libraries(metricgate_${name} PUBLIC ${arg_ROOMS} PRIVATE metricgate_settings metricgate_warnings ${arg_USES})
  read_once(metricgate_${name} <algorithm> <cmath> <functional> <map> <memory> <optional> <ranges> <span> <string> <string_view>
            <unordered_map> <variant> <vector>)
endfunction()
