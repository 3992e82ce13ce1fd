#pragma once

#include <string_view>

namespace orderd {

/// A kind of refusal. It is declared once, where it is thrown:
///
///     inline constexpr Refused kSkuTaken{409, "sku_taken", "Another product has this SKU. Choose another one."};
///
/// Developers read `meaning` at /docs#code: it says what happened and what to do about it. A route lists the
/// kinds that it can answer with (api::Route::refuses). A declaration without a sentence, or with a code that
/// is not snake_case, does not compile.
class Refused {
public:
    consteval Refused(int status, const char* code, const char* meaning)
        : status_(status), code_(code), meaning_(meaning) {
        if (status < 400 || status > 599) {
            throw "a refusal's status is 400 to 599";
        }
        for (const char c : code_) {
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_') {
                throw "a code is snake_case";
            }
        }
        if (code_.empty() || meaning_.empty() || meaning_.back() != '.') {
            throw "a refusal has a code, and a sentence that explains it";
        }
    }

    constexpr int status() const { return status_; }
    constexpr std::string_view code() const { return code_; }  ///< stable: programs decide by it
    constexpr std::string_view meaning() const { return meaning_; }

private:
    int status_;
    std::string_view code_;
    std::string_view meaning_;
};

}  // namespace orderd
