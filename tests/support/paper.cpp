#include "support/paper.h"

#include <stdio.h>

#include <array>
#include <fstream>

#include <catch2/catch_test_macros.hpp>

namespace orderd::tests {

std::string output_of(const std::string& command) {
    FILE* pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string out;
    std::array<char, 4096> buffer{};
    for (std::size_t got = 0; (got = ::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
        out.append(buffer.data(), got);
    }
    const int status = ::pclose(pipe);
    INFO(command << ": " << out);
    REQUIRE(status == 0);
    return out;
}

Paper::Paper(const Reply& reply) {
    INFO(reply.text.substr(0, 500));
    REQUIRE(reply.status == 200);
    REQUIRE(reply.header("Content-Type") == "application/pdf");
    std::ofstream(path(), std::ios::binary) << reply.text;
    output_of("qpdf --check " + path() + " 2>&1");
}

std::string Paper::text() const { return output_of("pdftotext -layout -enc UTF-8 " + path() + " -"); }
std::string Paper::info() const { return output_of("pdfinfo " + path()); }

std::multiset<std::string> Paper::barcodes() const {
    output_of("pdftoppm -r 203 -gray " + path() + " " + (folder_.path() / "page").string());
    std::multiset<std::string> found;
    const auto lines = output_of("zbarimg -q --raw " + (folder_.path() / "page").string() + "*.pgm 2>/dev/null" +
                                 " || [ $? -eq 4 ]");  // some page has none
    for (std::size_t at = 0; at < lines.size();) {
        const auto end = lines.find('\n', at);
        found.insert(lines.substr(at, end - at));
        at = end + 1;
    }
    return found;
}

}  // namespace orderd::tests
