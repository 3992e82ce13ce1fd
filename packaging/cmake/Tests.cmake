# orderd_tests, one executable of Catch2 tests, which CTest runs a test case at a time; and the benchmarks.
set(catch2_dir "${ORDERD_DEPENDENCIES_DIR}/catch2")
if(ORDERD_SYSTEM_LIBRARIES)
    find_package(Catch2 3.4 QUIET)
endif()
if(NOT Catch2_FOUND AND NOT EXISTS "${catch2_dir}/CMakeLists.txt")
    message(STATUS "No tests are configured: packaging/dependencies.sh --tests brings Catch2")
    return()
endif()
if(NOT Catch2_FOUND)
    set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
    set(CATCH_INSTALL_DOCS OFF)
    set(CATCH_INSTALL_EXTRAS OFF)
    add_subdirectory("${catch2_dir}" "${CMAKE_BINARY_DIR}/catch2" EXCLUDE_FROM_ALL SYSTEM)
    list(APPEND CMAKE_MODULE_PATH "${catch2_dir}/extras")
endif()
enable_testing()
include(Catch)

# Where a test finds the executable and the sources. A separate file, so that no other compilation depends on them.
file(GENERATE OUTPUT "${CMAKE_BINARY_DIR}/$<CONFIG>/test_paths.cpp" CONTENT
"#include \"paths.h\"
namespace orderd::tests {
const char* const kExecutable = \"$<TARGET_FILE:orderd>\";
const char* const kSourceFolder = \"${CMAKE_SOURCE_DIR}\";
const char* const kSanitizers = \"${ORDERD_SANITIZERS}\";
}  // namespace orderd::tests
")

file(GLOB_RECURSE test_sources CONFIGURE_DEPENDS tests/*.cpp)
file(GLOB bench_sources CONFIGURE_DEPENDS tests/bench/*.cpp)
# A run of the benchmarks leaves other people's sources below tests/bench.
list(FILTER test_sources EXCLUDE REGEX "/tests/(bench/|thread_safety/|simulate/|fuzz/driver.cpp)")
# What reads the sources, and runs little of orderd, has nothing that a sanitizer would find.
if(ORDERD_SANITIZERS)
    list(FILTER test_sources EXCLUDE REGEX "/tests/tidy_[a-z_]*test.cpp$")
endif()
# What is only large takes minutes there: the same code runs with less, and with all of it in the release build.
if(ORDERD_SANITIZERS)
    set(test_spec TEST_SPEC "~[large]")
endif()
# ThreadSanitizer's build runs what is about threads; the other tests would only be slow there.
if(ORDERD_SANITIZERS STREQUAL "thread")
    foreach(source ${test_sources})
        file(STRINGS ${source} about_threads REGEX "\\[concurrency\\]" LIMIT_COUNT 1)
        if(source MATCHES "_test.cpp$" AND NOT about_threads)
            list(REMOVE_ITEM test_sources ${source})
        endif()
    endforeach()
    set(test_spec TEST_SPEC "[concurrency]~[large]")
endif()
add_executable(orderd_tests ${test_sources} "${CMAKE_BINARY_DIR}/$<CONFIG>/test_paths.cpp")
target_include_directories(orderd_tests PRIVATE tests)
target_link_libraries(orderd_tests PRIVATE orderd_core orderd_warnings Catch2::Catch2WithMain)
target_compile_options(orderd_tests PRIVATE -O0)  # a test runs once for each time it is compiled
if(ORDERD_SANITIZERS MATCHES "undefined")
    target_compile_options(orderd_tests PRIVATE -fno-sanitize=undefined)  # a quarter of their compile time, half of a build
endif()
# tests/support/faulty_disk.cpp stands before these calls, in SQLite too, which is linked in.
set(disk_calls open open64 read pread pread64 write pwrite pwrite64 fsync fdatasync ftruncate ftruncate64 mmap mmap64
    rename link unlink)
list(TRANSFORM disk_calls PREPEND "LINKER:--wrap=")
target_link_options(orderd_tests PRIVATE ${disk_calls})
# It draws by the pixel, up to 50 million of them.
set_source_files_properties(tests/support/picture_files.cpp PROPERTIES
    COMPILE_OPTIONS -O2 SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
orderd_compile_together(orderd_tests 6 ${test_sources})
add_dependencies(orderd_tests orderd)
target_precompile_headers(orderd_tests PRIVATE
    <chrono> <filesystem> <functional> <map> <optional> <string> <string_view> <thread> <vector>
    <catch2/catch_test_macros.hpp> <catch2/generators/catch_generators.hpp>
    <catch2/generators/catch_generators_range.hpp> <catch2/matchers/catch_matchers_string.hpp>
    <fmt/format.h> "${CMAKE_SOURCE_DIR}/src/base/json.h")
catch_discover_tests(orderd_tests DISCOVERY_MODE PRE_TEST ${test_spec} PROPERTIES TIMEOUT 600)

# Looks at what the tests before it ran (tests/support/statements.h): tests/run.sh runs it after them. Plans are those of
# the SQLite that orderd brings.
if(NOT ORDERD_SANITIZERS AND NOT ORDERD_SYSTEM_LIBRARIES)
    add_test(NAME "the plan of every statement" COMMAND orderd_tests "[plans]")
    set_tests_properties("the plan of every statement" PROPERTIES
        LABELS last COST -1 RUN_SERIAL TRUE TIMEOUT 600)
endif()

# What src/base/thread_annotations.h is for: clang accepts a file that keeps to it, and refuses each planted breach.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    set(check_threads ${CMAKE_CXX_COMPILER} -std=c++20 -fsyntax-only -Wthread-safety -Werror
        "-I${CMAKE_SOURCE_DIR}/src" "${CMAKE_SOURCE_DIR}/tests/thread_safety/breach.cpp")
    add_test(NAME "thread annotations: what keeps to them is accepted" COMMAND ${check_threads})
    foreach(breach RANGE 1 4)
        set(name "thread annotations: breach ${breach} is refused")
        add_test(NAME "${name}" COMMAND ${check_threads} -DBREACH=${breach})
        set_tests_properties("${name}" PROPERTIES PASS_REGULAR_EXPRESSION "error: .*-Wthread-safety-analysis")
    endforeach()
endif()

# orderd_fuzz: libFuzzer over whatever reads bytes from outside (tests/fuzz.sh). What it has to see of the core makes that
# slower by a third, so the tests have a build of their own.
if(ORDERD_FUZZERS)
    file(GLOB fuzz_sources CONFIGURE_DEPENDS tests/fuzz/*.cpp)
    list(FILTER fuzz_sources EXCLUDE REGEX "_test.cpp$")
    add_executable(orderd_fuzz EXCLUDE_FROM_ALL ${fuzz_sources})
    target_include_directories(orderd_fuzz PRIVATE tests)
    target_link_libraries(orderd_fuzz PRIVATE orderd_core orderd_warnings)
    target_link_options(orderd_fuzz PRIVATE -fsanitize=fuzzer)
    foreach(seen orderd_core orderd_seldom orderd_fuzz)
        target_compile_options(${seen} PRIVATE -fsanitize=fuzzer-no-link)
    endforeach()
endif()

# simulate: a shop's life from a seed. It is compiled to run fast: what it finds, it finds by many steps.
file(GLOB simulate_sources CONFIGURE_DEPENDS tests/simulate/*.cpp)
add_executable(simulate ${simulate_sources} tests/support/picture_files.cpp tests/support/stripe_like.cpp
    tests/fulfillment/easypost_server.cpp)
target_include_directories(simulate PRIVATE tests)
target_link_libraries(simulate PRIVATE orderd_core orderd_warnings)

# tests/bench/NAME.cpp becomes bench_NAME.
foreach(source ${bench_sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(bench_${name} ${source})
    target_include_directories(bench_${name} PRIVATE tests)
    target_link_libraries(bench_${name} PRIVATE orderd_core orderd_warnings)
endforeach()
if(NOT ORDERD_SANITIZERS)
    add_dependencies(orderd_tests bench_fill bench_bare_sqlite)  # which plans_test.cpp and bench_test.cpp run
endif()
