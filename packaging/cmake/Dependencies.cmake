# orderd_dependencies: every library that the executable stands on.
#
# As a rule static: archives of Debian's packages, and sources that packaging/dependencies.sh put into
# ORDERD_DEPENDENCIES_DIR. With ORDERD_SYSTEM_LIBRARIES, those of the system that are new enough, shared where they are
# so; SQLite, cpp-httplib and HarfBuzz come from source anyway where the system's are older than what orderd needs.
include(FetchContent)
find_package(Threads REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)

if(NOT ORDERD_SYSTEM_LIBRARIES)
    set(OPENSSL_USE_STATIC_LIBS ON)
    set(ZLIB_USE_STATIC_LIBS ON)
    set(CMAKE_FIND_LIBRARY_SUFFIXES ${CMAKE_STATIC_LIBRARY_SUFFIX})
endif()
find_package(OpenSSL 3.0 REQUIRED)
find_package(ZLIB REQUIRED)

# A library that has no CMake package of its own everywhere: orderd::NAME, from its header and its archive or shared
# object.
function(orderd_find_library name header library)
    find_path(${name}_INCLUDE_DIR ${header} REQUIRED)
    find_library(${name}_LIBRARY ${library} REQUIRED)
    add_library(orderd::${name} UNKNOWN IMPORTED)
    set_target_properties(orderd::${name} PROPERTIES
        IMPORTED_LOCATION "${${name}_LIBRARY}"
        INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
endfunction()
orderd_find_library(sodium sodium.h sodium)
orderd_find_library(utf8proc utf8proc.h utf8proc)
orderd_find_library(gumbo gumbo.h gumbo)
orderd_find_library(SQLiteCpp SQLiteCpp/SQLiteCpp.h SQLiteCpp)
# QR codes: Debian has the header in one folder, Homebrew in another.
find_path(qrcodegencpp_INCLUDE_DIR qrcodegen.hpp PATH_SUFFIXES qrcodegen qrcodegencpp REQUIRED)
orderd_find_library(qrcodegencpp qrcodegen.hpp qrcodegencpp)

# Pictures.
orderd_find_library(jpeg jpeglib.h jpeg)
orderd_find_library(png png.h png)
orderd_find_library(webp webp/decode.h webp)
find_library(sharpyuv_LIBRARY sharpyuv)  # a part of libwebp, apart from 1.3 on
add_library(orderd_pictures INTERFACE)
target_link_libraries(orderd_pictures INTERFACE orderd::webp orderd::png orderd::jpeg ZLIB::ZLIB)
if(sharpyuv_LIBRARY)
    target_link_libraries(orderd_pictures INTERFACE "${sharpyuv_LIBRARY}")
endif()
set(orderd_picture_definitions "")
if(NOT ORDERD_SYSTEM_LIBRARIES AND NOT APPLE)  # src/catalog/picture_webp.cpp says what for
    target_link_options(orderd_pictures INTERFACE LINKER:--wrap=WebPSafeMalloc LINKER:--wrap=WebPSafeCalloc)
    set(orderd_picture_definitions ORDERD_WEBP_IS_BOUNDED)
endif()

# nlohmann/json, with its literal ""_json declared only: nothing here uses it, and its body makes each file that
# includes the header compile its own parser (0.7 s of each).
get_target_property(json_folders nlohmann_json::nlohmann_json INTERFACE_INCLUDE_DIRECTORIES)
list(GET json_folders 0 json_folder)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${json_folder}/nlohmann/json.hpp")
file(READ "${json_folder}/nlohmann/json.hpp" json)
string(REPLACE "\n{\n    return nlohmann::json::parse(s, s + n);\n}\n" ";\n" json "${json}")
file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/json/nlohmann/json.hpp" CONTENT "@json@" @ONLY NEWLINE_STYLE UNIX)
add_library(orderd_json INTERFACE)
target_include_directories(orderd_json SYSTEM INTERFACE "${CMAKE_BINARY_DIR}/json")
target_link_libraries(orderd_json INTERFACE nlohmann_json::nlohmann_json)

# Mustache: one header, which most systems have no package of.
find_path(mustache_INCLUDE_DIR kainjow/mustache.hpp)
if(NOT mustache_INCLUDE_DIR)
    message(STATUS "kainjow/mustache.hpp is not installed; asking upstream")
    file(DOWNLOAD https://raw.githubusercontent.com/kainjow/Mustache/v4.1/mustache.hpp
        "${CMAKE_BINARY_DIR}/mustache/kainjow/mustache.hpp"
        EXPECTED_HASH SHA256=6a07bd8c31be6bb3eae6df98b12f89df8931604bd890e8bba59298a68b89ff29)
    set(mustache_INCLUDE_DIR "${CMAKE_BINARY_DIR}/mustache")
endif()
if(NOT mustache_INCLUDE_DIR STREQUAL "/usr/include")
    include_directories(SYSTEM "${mustache_INCLUDE_DIR}")
endif()

# fmt: compiled once, where its source is there; as a header only, each file that formats compiles it again.
set(fmt_dir "${ORDERD_DEPENDENCIES_DIR}/fmt")
if(ORDERD_SYSTEM_LIBRARIES)
    find_package(fmt 9.1 REQUIRED)
    add_library(orderd_fmt ALIAS fmt::fmt)
elseif(EXISTS "${fmt_dir}/src/format.cc")
    add_library(orderd_fmt STATIC "${fmt_dir}/src/format.cc")
    target_include_directories(orderd_fmt SYSTEM PUBLIC "${fmt_dir}/include")
else()
    find_path(fmt_INCLUDE_DIR fmt/format.h REQUIRED)
    add_library(orderd_fmt INTERFACE)
    target_include_directories(orderd_fmt SYSTEM INTERFACE "${fmt_INCLUDE_DIR}")
    target_compile_definitions(orderd_fmt INTERFACE FMT_HEADER_ONLY)
endif()

# SQLite: the amalgamation, since the one writer's guarantees rest on a current WAL (before 3.51.3 it can lose a reset),
# and with options of our own.
if(ORDERD_SYSTEM_LIBRARIES)
    find_package(SQLite3 3.51.3 QUIET)
endif()
if(SQLite3_FOUND)
    add_library(orderd_sqlite ALIAS SQLite::SQLite3)
else()
    if(ORDERD_SYSTEM_LIBRARIES)
        message(STATUS "The system's SQLite is older than 3.51.3: it is built from source")
    endif()
    set(sqlite_dir "${ORDERD_DEPENDENCIES_DIR}/sqlite")
    if(NOT EXISTS "${sqlite_dir}/sqlite3.c")
        message(FATAL_ERROR "SQLite's source is not in ${sqlite_dir}: run packaging/dependencies.sh first")
    endif()
    add_library(orderd_sqlite STATIC "${sqlite_dir}/sqlite3.c")
    target_include_directories(orderd_sqlite SYSTEM PUBLIC "${sqlite_dir}")
    target_compile_options(orderd_sqlite PRIVATE ${foreign_options})
    target_compile_definitions(orderd_sqlite PRIVATE
        SQLITE_DEFAULT_MEMSTATUS=0
        SQLITE_DQS=0
        SQLITE_ENABLE_COLUMN_METADATA  # SQLiteCpp asks for column origins
        SQLITE_ENABLE_FTS5
        SQLITE_ENABLE_STAT4
        SQLITE_LIKE_DOESNT_MATCH_BLOBS
        SQLITE_OMIT_DEPRECATED
        SQLITE_OMIT_SHARED_CACHE
        SQLITE_THREADSAFE=2            # a connection belongs to one thread at a time
        SQLITE_USE_ALLOCA
        HAVE_USLEEP=1
        HAVE_FDATASYNC=1)
endif()

# cpp-httplib: split into header and source as its own split.py does, so that its 10,000 lines are compiled once. Its
# client speaks to services outside, and to servers in the tests.
set(httplib_dir "${ORDERD_DEPENDENCIES_DIR}/cpp-httplib")
if(ORDERD_SYSTEM_LIBRARIES)
    find_package(httplib 0.18.7 QUIET)
    if(NOT httplib_FOUND)
        message(STATUS "The system has no cpp-httplib 0.18: it is built from source")
    endif()
endif()
if(httplib_FOUND)
    add_library(orderd_httplib ALIAS httplib::httplib)
else()
    if(NOT EXISTS "${httplib_dir}/httplib.h")
        message(STATUS "cpp-httplib's source is not in ${httplib_dir}, where packaging/dependencies.sh puts it; asking upstream")
        # The release that packaging/homebrew/orderd.rb has, too.
        FetchContent_Declare(httplib_source
            URL https://github.com/yhirose/cpp-httplib/archive/refs/tags/v0.26.0.tar.gz
            URL_HASH SHA256=a66f908f50ccb119769adce44fe1eac75f81b6ffab7c4ac0211bb663ffeb2688)
        FetchContent_Populate(httplib_source)
        set(httplib_dir "${httplib_source_SOURCE_DIR}")
    endif()
    set(split_dir "${CMAKE_BINARY_DIR}/cpp-httplib")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${httplib_dir}/httplib.h")
    file(READ "${httplib_dir}/httplib.h" httplib)
    set(border "// ----------------------------------------------------------------------------\n")
    string(LENGTH "${border}" border_length)
    string(FIND "${httplib}" "${border}" first)
    string(FIND "${httplib}" "${border}" last REVERSE)
    math(EXPR body_start "${first} + ${border_length}")
    math(EXPR body_length "${last} - ${body_start}")
    math(EXPR tail_start "${last} + ${border_length}")
    string(SUBSTRING "${httplib}" 0 ${first} head)
    string(SUBSTRING "${httplib}" ${body_start} ${body_length} body)
    string(SUBSTRING "${httplib}" ${tail_start} -1 tail)
    string(REPLACE "inline " "" body "${body}")
    file(CONFIGURE OUTPUT "${split_dir}/httplib.h" CONTENT "@head@@tail@" @ONLY NEWLINE_STYLE UNIX)
    file(CONFIGURE OUTPUT "${split_dir}/httplib.cc" NEWLINE_STYLE UNIX @ONLY
        CONTENT "#include \"httplib.h\"\nnamespace httplib {\n@body@\n}  // namespace httplib\n")
    add_library(orderd_httplib STATIC "${split_dir}/httplib.cc")
    target_include_directories(orderd_httplib SYSTEM PUBLIC "${split_dir}")
    target_compile_options(orderd_httplib PRIVATE ${foreign_options})
    target_compile_definitions(orderd_httplib PUBLIC
        CPPHTTPLIB_LISTEN_BACKLOG=1024
        CPPHTTPLIB_OPENSSL_SUPPORT
        CPPHTTPLIB_TCP_NODELAY=true
        CPPHTTPLIB_USE_POLL
        CPPHTTPLIB_ZLIB_SUPPORT)
    target_link_libraries(orderd_httplib PUBLIC OpenSSL::SSL OpenSSL::Crypto ZLIB::ZLIB Threads::Threads)
endif()

# HarfBuzz: shapes the text of labels and packing slips. Only what that takes: no bitmap or colour fonts, no variations.
set(harfbuzz_dir "${ORDERD_DEPENDENCIES_DIR}/harfbuzz")
set(harfbuzz_version 0)
if(ORDERD_SYSTEM_LIBRARIES)
    find_path(harfbuzz_version_folder harfbuzz/hb-version.h)
    if(harfbuzz_version_folder)
        file(STRINGS "${harfbuzz_version_folder}/harfbuzz/hb-version.h" harfbuzz_version REGEX "define HB_VERSION_STRING")
        string(REGEX MATCH "[0-9][0-9.]*" harfbuzz_version "${harfbuzz_version}")
    endif()
    if(harfbuzz_version VERSION_LESS 7)  # the first that draws glyphs (hb_font_draw_glyph)
        message(STATUS "The system has no HarfBuzz of 7 or newer: it is built from source")
    endif()
endif()
if(harfbuzz_version VERSION_GREATER_EQUAL 7)
    orderd_find_library(harfbuzz harfbuzz/hb.h harfbuzz)
    add_library(orderd_harfbuzz INTERFACE)
    target_include_directories(orderd_harfbuzz SYSTEM INTERFACE "${harfbuzz_INCLUDE_DIR}/harfbuzz")
    target_link_libraries(orderd_harfbuzz INTERFACE orderd::harfbuzz)
else()
    if(NOT EXISTS "${harfbuzz_dir}/src/harfbuzz.cc")
        message(STATUS "HarfBuzz's source is not in ${harfbuzz_dir}, where packaging/dependencies.sh puts it; asking upstream")
        FetchContent_Declare(harfbuzz_source
            URL https://github.com/harfbuzz/harfbuzz/releases/download/10.2.0/harfbuzz-10.2.0.tar.xz
            URL_HASH SHA256=620e3468faec2ea8685d32c46a58469b850ef63040b3565cde05959825b48227)
        FetchContent_Populate(harfbuzz_source)
        set(harfbuzz_dir "${harfbuzz_source_SOURCE_DIR}")
    endif()
    set(harfbuzz_config "${CMAKE_BINARY_DIR}/harfbuzz/config-override.h")
    file(CONFIGURE OUTPUT "${harfbuzz_config}" CONTENT "#undef HB_NO_DRAW\n#undef HB_NO_OPEN\n" @ONLY)
    add_library(orderd_harfbuzz STATIC "${harfbuzz_dir}/src/harfbuzz.cc")
    target_include_directories(orderd_harfbuzz SYSTEM PUBLIC "${harfbuzz_dir}/src")
    target_include_directories(orderd_harfbuzz PRIVATE "${CMAKE_BINARY_DIR}/harfbuzz")
    target_compile_options(orderd_harfbuzz PRIVATE ${foreign_options} -Os -fno-exceptions -fno-rtti)
    target_compile_definitions(orderd_harfbuzz PRIVATE
        HAVE_CONFIG_OVERRIDE_H HB_LEAN HB_MINI HB_OPTIMIZE_SIZE $<$<NOT:$<CONFIG:Debug>>:NDEBUG>)
    target_link_libraries(orderd_harfbuzz PUBLIC Threads::Threads)
endif()

# libcurl, for SMTP alone: every other protocol, and all that only those use, is left out. But for HTTP: with Debian's
# security patches, replies to SMTP are counted by a function of its. A CMake function, so that its options stay its
# own.
function(orderd_add_curl source)
    set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
    foreach(off
            BUILD_CURL_EXE BUILD_SHARED_LIBS BUILD_TESTING CURL_ENABLE_EXPORT_TARGET CURL_USE_LIBPSL CURL_USE_LIBSSH2
            CURL_ZLIB ENABLE_MANUAL ENABLE_UNIX_SOCKETS PICKY_COMPILER USE_LIBIDN2)
        set(${off} OFF)
    endforeach()
    foreach(without
            ALTSVC COOKIES CRYPTO_AUTH DICT DOH FILE FTP GETOPTIONS GOPHER HSTS HTTP_AUTH IMAP LDAP LDAPS
            LIBCURL_OPTION MIME MQTT NETRC NTLM OPENSSL_AUTO_LOAD_CONFIG PARSEDATE POP3 PROXY RTSP SMB TELNET TFTP)
        set(CURL_DISABLE_${without} ON)
    endforeach()
    set(CURL_USE_OPENSSL ON)
    set(CURL_CA_BUNDLE none CACHE INTERNAL "the program names it")
    set(CURL_CA_PATH none CACHE INTERNAL "the program names it")
    add_subdirectory("${source}" "${CMAKE_BINARY_DIR}/curl" EXCLUDE_FROM_ALL SYSTEM)
    # It says in errors in which of its files they are: as it is for everybody, whatever this folder's name.
    target_compile_options(libcurl PRIVATE ${foreign_options} -Os "-ffile-prefix-map=${source}/=")
endfunction()
set(curl_dir "${ORDERD_DEPENDENCIES_DIR}/curl")
if(ORDERD_SYSTEM_LIBRARIES)
    find_package(CURL 7.85 REQUIRED)
    add_library(orderd_curl ALIAS CURL::libcurl)
else()
    if(NOT EXISTS "${curl_dir}/CMakeLists.txt")
        message(STATUS "curl's source is not in ${curl_dir}, where packaging/dependencies.sh puts it; asking upstream")
        FetchContent_Declare(curl_source
            URL https://curl.se/download/curl-7.88.1.tar.gz
            URL_HASH SHA256=cdb38b72e36bc5d33d5b8810f8018ece1baa29a8f215b4495e495ded82bbf3c7)
        FetchContent_Populate(curl_source)
        set(curl_dir "${curl_source_SOURCE_DIR}")
    endif()
    orderd_add_curl("${curl_dir}")
    add_library(orderd_curl ALIAS libcurl)
endif()

# The font of labels and packing slips.
find_file(ORDERD_LABEL_FONT DejaVuSansCondensed.ttf
    PATHS "${ORDERD_DEPENDENCIES_DIR}/dejavu" /usr/share/fonts/truetype/dejavu
    NO_DEFAULT_PATH NO_CMAKE_FIND_ROOT_PATH REQUIRED
    DOC "A TrueType font, embedded in the executable")

add_library(orderd_dependencies INTERFACE)
# SQLite's own header before the older one that a distribution's SQLiteCpp brings along; its archive after.
target_link_libraries(orderd_dependencies INTERFACE
    orderd_httplib orderd::SQLiteCpp orderd_sqlite orderd_fmt orderd_json CLI11::CLI11
    orderd::sodium orderd::utf8proc orderd::gumbo orderd::qrcodegencpp orderd_pictures OpenSSL::SSL OpenSSL::Crypto ZLIB::ZLIB Threads::Threads
    $<LINK_ONLY:orderd_harfbuzz> $<LINK_ONLY:orderd_curl> ${CMAKE_DL_LIBS})
