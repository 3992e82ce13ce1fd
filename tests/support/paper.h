#pragma once

#include <set>
#include <string>

#include "support/shop.h"
#include "support/temporary_folder.h"

namespace orderd::tests {

/// Runs a command of Debian's. @returns what it printed; fails the test if the command fails
std::string output_of(const std::string& command);

/// A PDF that was answered, in its own folder, for others to read.
class Paper {
public:
    explicit Paper(const Reply& reply);

    std::string path() const { return (folder_.path() / "paper.pdf").string(); }
    std::string text() const;
    std::string info() const;

    /// The barcodes on its pages, as they are printed with 203 dots an inch.
    std::multiset<std::string> barcodes() const;

private:
    TemporaryFolder folder_;
};

}  // namespace orderd::tests
