#include "fulfillment/print/code128.h"

#include <array>
#include <stdexcept>

namespace orderd::fulfillment::print {

namespace {

// ISO/IEC 15417, table 1: the widths of bar, space, bar, space, bar, space of each symbol character.
constexpr std::array<std::string_view, 107> kPatterns{
    "212222", "222122", "222221", "121223", "121322", "131222", "122213", "122312", "132212", "221213", "221312",
    "231212", "112232", "122132", "122231", "113222", "123122", "123221", "223211", "221132", "221231", "213212",
    "223112", "312131", "311222", "321122", "321221", "312212", "322112", "322211", "212123", "212321", "232121",
    "111323", "131123", "131321", "112313", "132113", "132311", "211313", "231113", "231311", "112133", "112331",
    "132131", "113123", "113321", "133121", "313121", "211331", "231131", "213113", "213311", "213131", "311123",
    "311321", "331121", "312113", "312311", "332111", "314111", "221411", "431111", "111224", "111422", "121124",
    "121421", "141122", "141221", "112214", "112412", "122114", "122411", "142112", "142211", "241211", "221114",
    "413111", "241112", "134111", "111242", "121142", "121241", "114212", "124112", "124211", "411212", "421112",
    "421211", "212141", "214121", "412121", "111143", "111341", "131141", "114113", "114311", "411113", "411311",
    "113141", "114131", "311141", "411131", "211412", "211214", "211232", "2331112"};

constexpr int kToC = 99;
constexpr int kToB = 100;
constexpr int kStartB = 104;
constexpr int kStartC = 105;
constexpr int kStop = 106;
constexpr int kCheckModulus = 103;

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && text[at + count] >= '0' && text[at + count] <= '9') {
        ++count;
    }
    return count;
}

/// Whether set C saves room for the digits here: four or more at either end, six or more in between (ISO/IEC
/// 15417, annex E).
bool worth_c(std::string_view text, std::size_t at) {
    const auto digits = digits_at(text, at);
    const bool at_an_end = at == 0 || at + digits == text.size();
    return digits >= (at_an_end ? 4U : 6U) || (digits == 2 && text.size() == 2);
}

std::vector<int> values_of(std::string_view text) {
    std::vector<int> values;
    bool in_c = false;
    for (std::size_t at = 0; at < text.size();) {
        const auto digits = digits_at(text, at);
        const bool pair = digits >= 2;
        // Of an odd number of digits, the first is written in set B, so that the rest are pairs.
        const bool want_c = in_c ? pair : worth_c(text, at) && digits % 2 == 0;
        if (values.empty()) {
            values.push_back(want_c ? kStartC : kStartB);
        } else if (want_c != in_c) {
            values.push_back(want_c ? kToC : kToB);
        }
        in_c = want_c;
        if (in_c) {
            values.push_back((text[at] - '0') * 10 + (text[at + 1] - '0'));
            at += 2;
        } else {
            const auto c = text[at];
            if (c < ' ' || c > '~') {
                throw std::invalid_argument("Code 128 holds printable ASCII here");
            }
            values.push_back(c - ' ');
            ++at;
        }
    }
    return values;
}

}  // namespace

std::vector<int> code128(std::string_view text) {
    auto values = values_of(text);
    if (values.empty()) {
        throw std::invalid_argument("a barcode of nothing");
    }
    int sum = values.front();
    for (std::size_t i = 1; i < values.size(); ++i) {
        sum = (sum + static_cast<int>(i) * values[i]) % kCheckModulus;
    }
    values.push_back(sum % kCheckModulus);
    values.push_back(kStop);
    std::vector<int> widths;
    for (const auto value : values) {
        for (const auto width : kPatterns[static_cast<std::size_t>(value)]) {
            widths.push_back(width - '0');
        }
    }
    return widths;
}

}  // namespace orderd::fulfillment::print
