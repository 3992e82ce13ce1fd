# What the executable is made of, as one list: `orderd version --verbose` prints it, and orderd.cdx.json is it as a bill of
# materials (CycloneDX). Each library: its name and version, its licence, and the Debian package with its revision, where
# it comes from one.
set(libraries_text "")
set(libraries_components "")
set(libraries_refs "")
find_program(DPKG_QUERY dpkg-query)

# Adds a library. FILE: its archive or header, which says whose package it is. VERSION: where no package does.
# PURL: a package URL without its version.
function(orderd_note_library)
    cmake_parse_arguments(it "" "NAME;VERSION;LICENSE;PURL;FILE;PATCHED" "" ${ARGN})
    set(debian "")
    if(DPKG_QUERY AND it_FILE AND NOT it_FILE MATCHES "^${CMAKE_SOURCE_DIR}|^${CMAKE_BINARY_DIR}")
        file(REAL_PATH "${it_FILE}" file)
        execute_process(COMMAND "${DPKG_QUERY}" -S "${file}" OUTPUT_VARIABLE owner ERROR_QUIET)
        if(NOT owner)  # a folder that was merged into /usr since the package was made
            string(REGEX REPLACE "^/usr/" "/" unmerged "${file}")
            execute_process(COMMAND "${DPKG_QUERY}" -S "${unmerged}" OUTPUT_VARIABLE owner ERROR_QUIET)
        endif()
        if(owner MATCHES "^([a-z0-9][a-z0-9+.-]*)")
            set(package "${CMAKE_MATCH_1}")
            execute_process(COMMAND "${DPKG_QUERY}" -W -f "\${Version}\n" "${package}"
                OUTPUT_VARIABLE revision ERROR_QUIET)
            string(REGEX REPLACE "\n.*" "" revision "${revision}")
            set(debian "Debian's ${package} ${revision}")
            set(it_PURL "pkg:deb/debian/${package}")
            set(purl_version "${revision}")
            string(REGEX REPLACE "^[0-9]+:" "" version "${revision}")
            string(REGEX REPLACE "-[^-]*$" "" version "${version}")
            string(REGEX REPLACE "[+.](ds|dfsg|repack).*$" "" it_VERSION "${version}")
        endif()
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")  # a newer package is noted
    endif()
    if(NOT debian)
        if(it_PATCHED AND EXISTS "${it_PATCHED}/.pinned")  # "10.1.1+ds1 <checksum>"
            file(STRINGS "${it_PATCHED}/.pinned" pin LIMIT_COUNT 1)
            string(REGEX REPLACE "[ +].*$" "" it_VERSION "${pin}")
        endif()
        set(purl_version "${it_VERSION}")
        if(it_PATCHED AND EXISTS "${it_PATCHED}/.revision")
            file(STRINGS "${it_PATCHED}/.revision" source LIMIT_COUNT 1)  # "cpp-httplib 0.18.7-1+deb13u1"
            set(debian "Debian's source ${source}")
            string(REGEX REPLACE "^(.*) (.*)$" "pkg:deb/debian/\\1" it_PURL "${source}")
            string(REGEX REPLACE "^(.*) (.*)$" "\\2" purl_version "${source}")
        elseif(it_PATCHED AND EXISTS "${it_PATCHED}/.pinned")
            set(debian "with Debian's patches")
        endif()
    endif()
    if(NOT it_VERSION)
        message(FATAL_ERROR "${it_NAME}: its version is not known")
    endif()
    string(REPLACE "+" "%2B" purl_version "${purl_version}")
    string(REPLACE ":" "%3A" purl_version "${purl_version}")
    string(REPLACE "~" "%7E" purl_version "${purl_version}")
    set(purl "${it_PURL}@${purl_version}")

    set(line "${it_NAME} ${it_VERSION}")
    if(debian)
        string(APPEND line " (${debian})")
    endif()
    set(component [[{"type": "library", "bom-ref": "@purl@", "name": "@it_NAME@", "version": "@it_VERSION@",
     "licenses": [{"expression": "@it_LICENSE@"}], "purl": "@purl@"@properties@}]])
    set(properties "")
    if(debian)
        set(properties ",\n     \"properties\": [{\"name\": \"orderd:debian\", \"value\": \"${debian}\"}]")
    endif()
    string(CONFIGURE "${component}" component @ONLY)
    if(libraries_components)
        set(comma ",\n    ")
    endif()
    set(libraries_text "${libraries_text}${line}\n" PARENT_SCOPE)
    set(libraries_components "${libraries_components}${comma}${component}" PARENT_SCOPE)
    string(REPLACE ",\n    " ", " comma "${comma}")
    set(libraries_refs "${libraries_refs}${comma}\"${purl}\"" PARENT_SCOPE)
endfunction()

# What a header defines NAME as.
function(orderd_defined out header name)
    set(value "")
    if(EXISTS "${header}")
        file(STRINGS "${header}" line REGEX "#[ ]*define[ ]+${name}[ ]" LIMIT_COUNT 1)
        string(REGEX REPLACE ".*define[ ]+${name}[ ]+\"?([^\" ]*).*" "\\1" value "${line}")
    endif()
    set(${out} "${value}" PARENT_SCOPE)
endfunction()

set(sqlite_version "${SQLite3_VERSION}")
if(NOT SQLite3_FOUND)
    orderd_defined(sqlite_version "${sqlite_dir}/sqlite3.h" SQLITE_VERSION)
endif()
set(httplib_version "${httplib_VERSION}")
if(NOT httplib_FOUND)
    orderd_defined(httplib_version "${httplib_dir}/httplib.h" CPPHTTPLIB_VERSION)
endif()
if(ORDERD_SYSTEM_LIBRARIES OR NOT EXISTS "${fmt_dir}/src/format.cc")
    find_file(fmt_header fmt/core.h)
else()
    set(fmt_header "${fmt_dir}/include/fmt/core.h")
endif()
orderd_defined(fmt_number "${fmt_header}" FMT_VERSION)  # 100101
if(fmt_number)
    math(EXPR fmt_major "${fmt_number} / 10000")
    math(EXPR fmt_minor "${fmt_number} / 100 % 100")
    math(EXPR fmt_patch "${fmt_number} % 100")
    set(fmt_version "${fmt_major}.${fmt_minor}.${fmt_patch}")
else()
    set(fmt_version "${fmt_VERSION}")
endif()
orderd_defined(curl_version "${curl_dir}/include/curl/curlver.h" LIBCURL_VERSION)
if(ORDERD_SYSTEM_LIBRARIES)
    set(curl_version "${CURL_VERSION_STRING}")
endif()
if(harfbuzz_version VERSION_LESS 7)
    orderd_defined(harfbuzz_version "${harfbuzz_dir}/src/hb-version.h" HB_VERSION_STRING)
endif()
orderd_defined(sodium_version "${sodium_INCLUDE_DIR}/sodium/version.h" SODIUM_VERSION_STRING)
orderd_defined(sqlitecpp_version "${SQLiteCpp_INCLUDE_DIR}/SQLiteCpp/SQLiteCpp.h" SQLITECPP_VERSION)
orderd_defined(utf8proc_major "${utf8proc_INCLUDE_DIR}/utf8proc.h" UTF8PROC_VERSION_MAJOR)
orderd_defined(utf8proc_minor "${utf8proc_INCLUDE_DIR}/utf8proc.h" UTF8PROC_VERSION_MINOR)
orderd_defined(utf8proc_patch "${utf8proc_INCLUDE_DIR}/utf8proc.h" UTF8PROC_VERSION_PATCH)
find_file(cli11_header CLI/CLI.hpp)
find_file(jpeg_header jconfig.h PATH_SUFFIXES "${CMAKE_LIBRARY_ARCHITECTURE}")
orderd_defined(jpeg_version "${jpeg_header}" LIBJPEG_TURBO_VERSION)
orderd_defined(png_version "${png_INCLUDE_DIR}/png.h" PNG_LIBPNG_VER_STRING)
set(webp_version unknown)  # its headers do not say
find_program(PKG_CONFIG pkg-config)
if(PKG_CONFIG)
    execute_process(COMMAND "${PKG_CONFIG}" --modversion libwebp OUTPUT_VARIABLE webp_version ERROR_QUIET
        OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()

orderd_note_library(NAME SQLite VERSION "${sqlite_version}" LICENSE blessing PURL pkg:generic/sqlite)
orderd_note_library(NAME cpp-httplib VERSION "${httplib_version}" LICENSE MIT PURL pkg:github/yhirose/cpp-httplib
    PATCHED "${httplib_dir}")
orderd_note_library(NAME OpenSSL VERSION "${OPENSSL_VERSION}" LICENSE Apache-2.0 PURL pkg:github/openssl/openssl
    FILE "${OPENSSL_SSL_LIBRARY}")
orderd_note_library(NAME libsodium VERSION "${sodium_version}" LICENSE ISC PURL pkg:github/jedisct1/libsodium
    FILE "${sodium_LIBRARY}")
orderd_note_library(NAME libcurl VERSION "${curl_version}" LICENSE curl PURL pkg:github/curl/curl
    PATCHED "${curl_dir}")
orderd_note_library(NAME zlib VERSION "${ZLIB_VERSION_STRING}" LICENSE Zlib PURL pkg:github/madler/zlib
    FILE "${ZLIB_LIBRARIES}")
orderd_note_library(NAME SQLiteCpp VERSION "${sqlitecpp_version}" LICENSE MIT PURL pkg:github/SRombauts/SQLiteCpp
    FILE "${SQLiteCpp_LIBRARY}")
orderd_note_library(NAME nlohmann-json VERSION "${nlohmann_json_VERSION}" LICENSE MIT PURL pkg:github/nlohmann/json
    FILE "${json_folder}/nlohmann/json.hpp")
orderd_note_library(NAME fmt VERSION "${fmt_version}" LICENSE MIT PURL pkg:github/fmtlib/fmt FILE "${fmt_header}"
    PATCHED "${fmt_dir}")
orderd_note_library(NAME CLI11 VERSION "${CLI11_VERSION}" LICENSE BSD-3-Clause PURL pkg:github/CLIUtils/CLI11
    FILE "${cli11_header}")
orderd_note_library(NAME utf8proc VERSION "${utf8proc_major}.${utf8proc_minor}.${utf8proc_patch}" LICENSE MIT
    PURL pkg:github/JuliaStrings/utf8proc FILE "${utf8proc_LIBRARY}")
orderd_note_library(NAME gumbo-parser VERSION 0.10.1 LICENSE Apache-2.0 PURL pkg:github/google/gumbo-parser
    FILE "${gumbo_LIBRARY}")
orderd_note_library(NAME libjpeg-turbo VERSION "${jpeg_version}" LICENSE "IJG AND BSD-3-Clause AND Zlib"
    PURL pkg:github/libjpeg-turbo/libjpeg-turbo FILE "${jpeg_LIBRARY}")
orderd_note_library(NAME libpng VERSION "${png_version}" LICENSE libpng-2.0 PURL pkg:github/pnggroup/libpng
    FILE "${png_LIBRARY}")
orderd_note_library(NAME libwebp VERSION "${webp_version}" LICENSE BSD-3-Clause PURL pkg:github/webmproject/libwebp
    FILE "${webp_LIBRARY}")
orderd_note_library(NAME HarfBuzz VERSION "${harfbuzz_version}" LICENSE MIT PURL pkg:github/harfbuzz/harfbuzz
    PATCHED "${harfbuzz_dir}")
orderd_note_library(NAME "QR Code generator" VERSION 1.8.0 LICENSE MIT PURL pkg:github/nayuki/QR-Code-generator
    FILE "${qrcodegencpp_LIBRARY}")
orderd_note_library(NAME Mustache VERSION 4.1 LICENSE BSL-1.0 PURL pkg:github/kainjow/Mustache
    FILE "${mustache_INCLUDE_DIR}/kainjow/mustache.hpp")
orderd_note_library(NAME "DejaVu fonts" VERSION 2.37 LICENSE Bitstream-Vera PURL pkg:npm/dejavu-fonts-ttf
    FILE "${ORDERD_LABEL_FONT}")
file(GLOB zones_source "${ORDERD_ZONEINFO_DIR}/tzdata.zi")
set(zones_version unknown)
if(zones_source)
    file(STRINGS "${zones_source}" zones_version LIMIT_COUNT 1 REGEX "^# version ")  # "# version 2025b"
    string(REGEX REPLACE "^# version " "" zones_version "${zones_version}")
endif()
orderd_note_library(NAME "IANA time zones" VERSION "${zones_version}" LICENSE "LicenseRef-public-domain"
    PURL pkg:generic/tzdata FILE "${ORDERD_ZONEINFO_DIR}/Europe/Berlin")
if(NOT ORDERD_SYSTEM_LIBRARIES AND NOT APPLE)  # linked in, too
    execute_process(COMMAND "${CMAKE_CXX_COMPILER}" -print-file-name=libc.a OUTPUT_VARIABLE libc_archive
        OUTPUT_STRIP_TRAILING_WHITESPACE)
    execute_process(COMMAND "${CMAKE_CXX_COMPILER}" -print-file-name=libstdc++.a OUTPUT_VARIABLE libstdcxx_archive
        OUTPUT_STRIP_TRAILING_WHITESPACE)
    execute_process(COMMAND ldd --version OUTPUT_VARIABLE libc_version ERROR_QUIET)
    string(REGEX MATCH "[0-9]+[.][0-9]+" libc_version "${libc_version}")
    if(NOT libc_version)
        set(libc_version unknown)
    endif()
    orderd_note_library(NAME glibc VERSION "${libc_version}" LICENSE LGPL-2.1-or-later PURL pkg:generic/glibc
        FILE "${libc_archive}")
    orderd_note_library(NAME libstdc++ VERSION "${CMAKE_CXX_COMPILER_VERSION}"
        LICENSE "GPL-3.0-or-later WITH GCC-exception-3.1" PURL pkg:generic/gcc FILE "${libstdcxx_archive}")
endif()

# The dashboard's own, of which the lock file knows which reach the browser.
set(web_lock "${CMAKE_SOURCE_DIR}/web/package-lock.json")
if(ORDERD_DASHBOARD AND EXISTS "${web_lock}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${web_lock}")
    file(READ "${web_lock}" lock)
    string(JSON packages GET "${lock}" packages)
    string(JSON count LENGTH "${packages}")
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
        string(JSON path MEMBER "${packages}" ${i})
        string(JSON is_dev ERROR_VARIABLE none GET "${packages}" "${path}" dev)
        string(JSON is_peer ERROR_VARIABLE none GET "${packages}" "${path}" peer)
        if(path MATCHES "^node_modules/(.*)$" AND NOT is_dev STREQUAL "ON" AND NOT is_peer STREQUAL "ON")
            set(name "${CMAKE_MATCH_1}")
            string(REPLACE "@" "%40" name_in_purl "${name}")
            string(JSON version GET "${packages}" "${path}" version)
            string(JSON license ERROR_VARIABLE none GET "${packages}" "${path}" license)
            orderd_note_library(NAME "${name}" VERSION "${version}" LICENSE "${license}" PURL "pkg:npm/${name_in_purl}")
        endif()
    endforeach()
endif()

set(bill_of_materials [[{
  "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
  "bomFormat": "CycloneDX",
  "specVersion": "1.6",
  "version": 1,
  "metadata": {
    "component": {"type": "application", "bom-ref": "orderd", "name": "orderd", "version": "@ORDERD_VERSION@",
     "licenses": [{"expression": "MIT"}], "purl": "pkg:generic/orderd@@ORDERD_VERSION@"}
  },
  "components": [
    @libraries_components@
  ],
  "dependencies": [
    {"ref": "orderd", "dependsOn": [@libraries_refs@]}
  ]
}
]])
string(CONFIGURE "${bill_of_materials}" bill_of_materials @ONLY)
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/orderd.cdx.json" CONTENT "${bill_of_materials}" @ONLY NEWLINE_STYLE UNIX)
set(libraries_source "${CMAKE_BINARY_DIR}/libraries.cpp")
file(CONFIGURE OUTPUT "${libraries_source}" NEWLINE_STYLE UNIX @ONLY CONTENT "#include \"app/libraries.h\"

namespace orderd::app {

std::string_view libraries() {
    return R\"text(@libraries_text@)text\";
}

}  // namespace orderd::app
")
