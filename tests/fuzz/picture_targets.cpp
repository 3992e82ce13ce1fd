// Files of pictures, as strangers' servers send them.

#include "base/budgets.h"
#include "base/errors.h"
#include "catalog/picture_content.h"
#include "catalog/picture_fetching.h"
#include "catalog/picture_file.h"
#include "fuzz/target.h"
#include "outgoing/client.h"

namespace orderd::fuzz {

namespace {

void pictures(std::string_view bytes) {
    try {
        const auto read = catalog::read_picture(bytes, 256);
        require(read.extent.longest() <= 256 && read.extent.width > 0 && read.extent.height > 0,
                "a picture is as small as it is wanted");
        require(read.rgba.size() == read.extent.pixels() * catalog::kChannels, "a picture has all of its pixels");
        const auto written = catalog::write_webp(read);
        require(written.size() <= budget::kPictureStored, "what is kept has its bound");
        require(catalog::read_picture(written, 256).extent == read.extent, "what is kept can be read");
    } catch (const Refusal&) {  // it says why
    }
}

void redirect(std::string_view bytes) {
    Input input(bytes);
    const std::string from(input.line());
    if (!outgoing::is_outgoing_url(from, true)) {
        return;
    }
    const auto to = catalog::redirected(from, std::string(input.rest()));
    require(to.find('#') == std::string::npos, "a fragment is not sent");
}

void picture_name(std::string_view bytes) {
    if (const auto name = catalog::parse_picture_name(bytes)) {
        require(catalog::picture_url(name->hash, name->side) == "/pictures/" + std::string(bytes),
                "a picture has one URL");
    }
}

}  // namespace

std::vector<Target> picture_targets() {
    return {{"pictures", pictures}, {"redirect", redirect}, {"picture_name", picture_name}};
}

}  // namespace orderd::fuzz
