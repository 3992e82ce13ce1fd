#include "storefront/sharing.h"

#include "base/language.h"
#include "base/text.h"

namespace orderd::storefront {

namespace {

constexpr std::size_t kSummary = 160;  ///< code points: search engines show no more

/// The text with one space for each run of spaces and line breaks.
std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : trimmed(text)) {
        const bool is_space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
        if (!is_space) {
            line += c;
        } else if (line.back() != ' ') {
            line += ' ';
        }
    }
    return line;
}

}  // namespace

void share(Json& values, const std::string& shop_url, const Shared& shared) {
    const auto url = shop_url + "/" + shared.path;
    const auto text = beginning_of(shared.text, kSummary);
    auto alternates = Json::array();
    for (const auto& language : Language::all()) {
        alternates.push_back({{"code", language.code()}, {"href", url + "?lang=" + language.code()}});
    }
    Json share{{"type", shared.type}, {"title", shared.title}, {"url", url}, {"text", text}, {"picture", false}};
    if (shared.picture != nullptr) {
        share.update({{"picture", shop_url + shared.picture->at("url").get<std::string>()},
                      {"width", shared.picture->at("width")},
                      {"height", shared.picture->at("height")},
                      {"alt", shared.picture->at("alt")}});
    }
    values.update(
        {{"canonical", url}, {"alternates", std::move(alternates)}, {"summary", text}, {"share", std::move(share)}});
}

std::string beginning_of(std::string_view text, std::size_t most) {
    const auto line = on_one_line(text);
    std::size_t points = 0;
    std::size_t space = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if ((static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U && ++points > most) {
            return line.substr(0, space == 0 ? i : space) + "…";
        }
        space = line[i] == ' ' ? i : space;
    }
    return line;
}

std::string json_for_html(const Json& json) {
    std::string safe;
    for (const char c : json_text(json)) {
        switch (c) {
            case '<': safe += "\\u003c"; break;
            case '>': safe += "\\u003e"; break;
            case '&': safe += "\\u0026"; break;
            default: safe += c;
        }
    }
    return safe;
}

}  // namespace orderd::storefront
