# For arm64, built on another machine, with the libraries that packaging/dependencies.sh --arm64 keeps.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)
set(CMAKE_C_COMPILER aarch64-linux-gnu-gcc)
set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++)
set(CMAKE_CROSSCOMPILING_EMULATOR qemu-aarch64-static)  # runs what a check has built
get_filename_component(arm64_libraries "${CMAKE_CURRENT_LIST_DIR}/../../build/deps/arm64" ABSOLUTE)
set(CMAKE_FIND_ROOT_PATH "${arm64_libraries}")
foreach(language C CXX)  # Debian's headers that differ by architecture
    set(CMAKE_${language}_STANDARD_INCLUDE_DIRECTORIES "${arm64_libraries}/usr/include/aarch64-linux-gnu")
endforeach()
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
