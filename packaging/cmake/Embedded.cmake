# embedded_source: the generated file behind src/base/embedded.h.
find_program(NODE NAMES node nodejs REQUIRED)
find_program(NPM npm)

set(embedded_source "${CMAKE_BINARY_DIR}/embedded.cpp")
set(embed_script "${CMAKE_SOURCE_DIR}/packaging/embed.mjs")
set(schema "${CMAKE_SOURCE_DIR}/schema.sql")
set(web_dir "${CMAKE_SOURCE_DIR}/web")
set(embed_web "")
set(embed_depends "")

if(ORDERD_DASHBOARD AND EXISTS "${web_dir}/package-lock.json")
    if(NOT NPM)
        message(FATAL_ERROR "npm is needed for the dashboard: install it, or configure with -DORDERD_DASHBOARD=OFF")
    endif()
    set(web_installed "${web_dir}/node_modules/.package-lock.json")
    add_custom_command(OUTPUT "${web_installed}"
        COMMAND ${NPM} ci --no-audit --no-fund --loglevel=error
        COMMAND ${CMAKE_COMMAND} -E touch "${web_installed}"
        DEPENDS "${web_dir}/package.json" "${web_dir}/package-lock.json"
        WORKING_DIRECTORY "${web_dir}"
        COMMENT "Installing the dashboard's packages" VERBATIM)

    file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS "${web_dir}/src/*" "${web_dir}/public/*")
    file(GLOB web_settings CONFIGURE_DEPENDS "${web_dir}/*.html" "${web_dir}/*.json" "${web_dir}/*.ts" "${web_dir}/*.js"
        "${web_dir}/*.mjs")
    set(web_built "${ORDERD_WEB_BUILD_DIR}/built")
    add_custom_command(OUTPUT "${web_built}"
        COMMAND ${NPM} run build --silent -- --outDir "${ORDERD_WEB_BUILD_DIR}/dist" --emptyOutDir --logLevel warn
        COMMAND ${CMAKE_COMMAND} -E touch "${web_built}"
        DEPENDS "${web_installed}" ${web_sources} ${web_settings}
        WORKING_DIRECTORY "${web_dir}"
        COMMENT "Building the dashboard" VERBATIM)
    set(embed_web "${ORDERD_WEB_BUILD_DIR}/dist")
    set(embed_depends "${web_built}")
endif()

set(zones_sample "${ORDERD_ZONEINFO_DIR}/Europe/Berlin")
if(NOT EXISTS "${zones_sample}")
    message(FATAL_ERROR "${ORDERD_ZONEINFO_DIR} has no time zones: install tzdata, or set ORDERD_ZONEINFO_DIR")
endif()
file(GLOB texts CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/*/templates/*" "${CMAKE_SOURCE_DIR}/src/base/languages/*"
    "${CMAKE_SOURCE_DIR}/src/api/guides/*" "${CMAKE_SOURCE_DIR}/src/api/operations/*")
set(draw_script "${CMAKE_SOURCE_DIR}/packaging/demo_pictures.mjs")
set(pictures_dir "${CMAKE_BINARY_DIR}/demo_pictures")
add_custom_command(OUTPUT "${pictures_dir}/drawn"
    COMMAND ${NODE} "${draw_script}" "${pictures_dir}"
    COMMAND ${CMAKE_COMMAND} -E touch "${pictures_dir}/drawn"
    DEPENDS "${draw_script}"
    COMMENT "Drawing the demo's pictures" VERBATIM)
add_custom_command(OUTPUT "${embedded_source}"
    COMMAND ${NODE} "${embed_script}" "${embedded_source}" "${schema}" "${ORDERD_LABEL_FONT}" "${ORDERD_ZONEINFO_DIR}"
            "${CMAKE_SOURCE_DIR}/src" "${pictures_dir}" ${embed_web}
    DEPENDS "${embed_script}" "${schema}" "${ORDERD_LABEL_FONT}" "${zones_sample}" "${pictures_dir}/drawn" ${texts}
            ${embed_depends}
    COMMENT "Embedding the schema, the font of labels, the time zones, the templates, the languages, the guides, the words of operations and the dashboard" VERBATIM)
