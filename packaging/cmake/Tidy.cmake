# The target `tidy`: clang-tidy over src/, each file again only after it, or a header that it includes, has changed.
find_program(CLANG_TIDY clang-tidy)
if(NOT CLANG_TIDY OR NOT CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang")
    return()
endif()

set(system_includes "$<FILTER:$<TARGET_PROPERTY:orderd_core,INCLUDE_DIRECTORIES>,EXCLUDE,/src$|^/usr/include$>")
set(definitions "$<TARGET_PROPERTY:orderd_core,COMPILE_DEFINITIONS>")
set(include_flags_of_few ${harfbuzz_include} ${curl_include})
list(FILTER include_flags_of_few EXCLUDE REGEX "INSTALL_INTERFACE")
list(TRANSFORM include_flags_of_few PREPEND "-isystem")
set(flags -std=c++20 "-I${CMAKE_SOURCE_DIR}/src" "-isystem$<JOIN:${system_includes},$<SEMICOLON>-isystem>"
    ${include_flags_of_few}
    "-D$<JOIN:${definitions},$<SEMICOLON>-D>")

set(stamps "")
foreach(source ${core_sources} "${CMAKE_SOURCE_DIR}/src/main.cpp")
    file(RELATIVE_PATH name "${CMAKE_SOURCE_DIR}/src" "${source}")
    set(stamp "${CMAKE_BINARY_DIR}/tidy/${name}.tidied")
    add_custom_command(OUTPUT "${stamp}"
        COMMAND ${CLANG_TIDY} --quiet "${source}" -- ${flags}
        COMMAND ${CMAKE_CXX_COMPILER} ${flags} -M -MT "tidy/${name}.tidied" -MF "${stamp}.d" "${source}"
        COMMAND ${CMAKE_COMMAND} -E touch "${stamp}"
        DEPENDS "${source}" "${CMAKE_SOURCE_DIR}/.clang-tidy"
        DEPFILE "${stamp}.d"
        COMMENT "Tidying src/${name}" VERBATIM COMMAND_EXPAND_LISTS)
    get_filename_component(folder "${stamp}" DIRECTORY)
    file(MAKE_DIRECTORY "${folder}")
    list(APPEND stamps "${stamp}")
endforeach()
add_custom_target(tidy DEPENDS ${stamps})
