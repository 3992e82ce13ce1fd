#pragma once

#include <filesystem>
#include <string>

namespace orderd::tests {

/// A certificate that signs itself, for "localhost" and 127.0.0.1, and its key. Both in PEM.
struct Certificate {
    std::string certificate;
    std::string key;
};

/// Draws a new one, good from yesterday on, and for so many days from now.
Certificate self_signed(int days = 3650);

/// The files that a server is given. What is kept replaces what was kept before.
class CertificateFiles {
public:
    explicit CertificateFiles(const std::filesystem::path& folder)
        : certificate(folder / "certificate.pem"), key(folder / "key.pem") {}

    void keep(const Certificate& pair) const;

    const std::filesystem::path certificate;
    const std::filesystem::path key;
};

}  // namespace orderd::tests
