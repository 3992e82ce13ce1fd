# ORDERD_VERSION: of the tag (v0.2.0) that the checkout is at, or was at so many commits ago; project()'s where there is
# no such tag, as in an archive of the sources. Read when the build is configured: a release is built in a new folder.
set(ORDERD_VERSION "${PROJECT_VERSION}")
execute_process(COMMAND git describe --tags --match "v[0-9]*" WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}"
    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE no_tag)
if(NOT no_tag AND described MATCHES "^v([0-9][0-9.]*)(-([0-9]+)-(g[0-9a-f]+))?$")
    set(ORDERD_VERSION "${CMAKE_MATCH_1}")
    if(CMAKE_MATCH_3)
        string(APPEND ORDERD_VERSION "+${CMAKE_MATCH_3}.${CMAKE_MATCH_4}")
    endif()
endif()

# The only file that changes with it.
set(version_source "${CMAKE_BINARY_DIR}/version.cpp")
file(CONFIGURE OUTPUT "${version_source}" NEWLINE_STYLE UNIX @ONLY CONTENT "#include \"base/version.h\"

namespace orderd {

std::string_view version() { return \"@ORDERD_VERSION@\"; }

}  // namespace orderd
")
