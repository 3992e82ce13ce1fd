# Compiles a folder's files some at a time as one file (a unity build). A file alone spends most of its compilation on the
# headers and templates that its neighbours need, too: together they take a quarter of the time. So names in the unnamed
# namespaces of a folder's files differ.
function(orderd_compile_together target at_once)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
    foreach(source ${ARGN})
        get_filename_component(folder "${source}" DIRECTORY)
        string(MAKE_C_IDENTIFIER "${folder}" counter)
        math(EXPR ${counter} "0${${counter}} + 1")
        math(EXPR group "(${${counter}} - 1) / ${at_once}")
        file(RELATIVE_PATH name "${CMAKE_SOURCE_DIR}" "${folder}")
        set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "${name}_${group}")
    endforeach()
endfunction()
