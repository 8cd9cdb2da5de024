# What is installed, and the packages made of it: `cmake --install`, a .deb and a .tar.gz by CPack, a wheel by
# scikit-build-core (pyproject.toml), which wants the program alone.
include(GNUInstallDirs)

if(SKBUILD)
  install(TARGETS ${installed_program} RUNTIME DESTINATION "${SKBUILD_SCRIPTS_DIR}")
  return()
endif()

install(TARGETS ${installed_program} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(FILES LICENSE README.md CHANGELOG.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR} FILES_MATCHING PATTERN "*.md")
install(DIRECTORY schemas gates DESTINATION ${CMAKE_INSTALL_DATADIR}/metricgate)

# The man page and the completions repeat --help, so they are written by running the program.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_Interpreter_FOUND AND NOT CMAKE_CROSSCOMPILING)
  set(described "${CMAKE_CURRENT_BINARY_DIR}/described")
  add_custom_command(
    OUTPUT "${described}/metricgate.1"
    BYPRODUCTS "${described}/metricgate.bash" "${described}/_metricgate" "${described}/metricgate.fish"
    COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/packaging/describe_commands.py" --binary $<TARGET_FILE:metricgate>
            --version "${METRICGATE_VERSION}" --out "${described}"
    DEPENDS metricgate "${PROJECT_SOURCE_DIR}/packaging/describe_commands.py"
    VERBATIM)
  # All that is installed, without the tests: `scripts/build release program`.
  add_custom_target(program ALL DEPENDS ${installed_program} "${described}/metricgate.1")
  install(FILES "${described}/metricgate.1" DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES "${described}/metricgate.bash" DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
          RENAME metricgate)
  install(FILES "${described}/_metricgate" DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES "${described}/metricgate.fish" DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
else()
  message(STATUS "no python3: the man page and the shell completions are left out")
  add_custom_target(program DEPENDS ${installed_program})
endif()

set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_NAME metricgate)
set(CPACK_PACKAGE_VENDOR "the metricgate authors")
set(CPACK_PACKAGE_CONTACT "the metricgate authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "quality gate for machine-learning models")
set(CPACK_PACKAGE_DESCRIPTION
    "Compares the metric files of a candidate model and its baseline under a policy,\nwith paired statistics, and fails when the model regresses.")
set(CPACK_STRIP_FILES ON)
set(CPACK_SYSTEM_NAME "linux-${CMAKE_SYSTEM_PROCESSOR}")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "the metricgate authors")
set(CPACK_DEBIAN_PACKAGE_SECTION science)
# The libraries that the program was linked with, by the packages that hold them, and those that it loads late, by Debian's names.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
string(REGEX MATCH "^[0-9]+\\.[0-9]+" libgit2_abi "${libgit2_VERSION}")
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libgit2-${libgit2_abi}, libcurl4 (>= 7.85)")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS git)
include(CPack)
