# What every target is compiled with, and orderd_warnings: what this project's own code is held to.
add_compile_options(-ffunction-sections -fdata-sections -fstack-protector-strong)
add_compile_definitions($<$<COMPILE_LANGUAGE:CXX>:_GLIBCXX_ASSERTIONS>)
if(APPLE)
    add_link_options(-Wl,-dead_strip)
else()
    add_link_options(-Wl,--gc-sections -Wl,-z,relro -Wl,-z,now)
endif()

# Other people's code: without warnings, and without the checks that a third of its compile time goes to. Its memory and
# threads are watched all the same.
set(foreign_options -w)
if(ORDERD_SANITIZERS)
    list(APPEND foreign_options -fno-sanitize=undefined)
    add_compile_options(-fsanitize=${ORDERD_SANITIZERS} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${ORDERD_SANITIZERS})
    if(NOT APPLE)
        # An executable of 300 MB that may lie anywhere takes a tenth of a second at each start to be where it is.
        add_link_options(-no-pie)
    endif()
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
    # What makes a memory error end the process rather than serve an attacker, where the compiler has it.
    include(CheckCXXCompilerFlag)
    if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
        set(of_processor -mbranch-protection=standard)  # clang takes it for every processor, with a warning
    else()
        set(of_processor -fcf-protection=full)
    endif()
    foreach(flag -fstack-clash-protection ${of_processor})
        string(MAKE_C_IDENTIFIER "has${flag}" has_flag)
        check_cxx_compiler_flag(${flag} ${has_flag})
        if(${has_flag})
            add_compile_options(${flag})
        endif()
    endforeach()
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 12)
        add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
    else()
        add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
    endif()
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options($<$<COMPILE_LANGUAGE:CXX>:-fpch-preprocess>)  # ccache needs it to know a precompiled header
elseif(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>")  # likewise
endif()

add_library(orderd_warnings INTERFACE)
target_compile_options(orderd_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion -Wshadow)
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    target_compile_options(orderd_warnings INTERFACE -Wthread-safety)  # src/base/thread_annotations.h
endif()
if(ORDERD_WARNINGS_AS_ERRORS)
    target_compile_options(orderd_warnings INTERFACE -Werror)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    # False alarms inside std::string's own operator+ (GCC bugs 105329 and 105651).
    target_compile_options(orderd_warnings INTERFACE
        -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow)
endif()
