#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace orderd {

/// What a shop says in other words than the catalogue (base/language.h): its texts by language and name. Immutable.
///
/// A process may run several shops, and a Language belongs to all of them. So a shop's own words hold for a thread, while a
/// Scope of them lives: whoever answers a request or writes a mail begins one.
class OwnWords {
public:
    using Texts = std::map<std::string, std::string, std::less<>>;
    using ByLanguage = std::map<std::string, Texts, std::less<>>;

    explicit OwnWords(ByLanguage texts) : texts_(std::move(texts)) {}

    const ByLanguage& texts() const { return texts_; }
    bool empty() const { return texts_.empty(); }

    /// nullptr: the catalogue's text holds.
    const std::string* find(std::string_view language, std::string_view name) const;

    /// While it lives, this thread's texts are these; then again those of before. Texts that were read meanwhile are valid
    /// until it ends.
    class Scope {
    public:
        explicit Scope(std::shared_ptr<const OwnWords> words);
        Scope(const Scope&) = delete;
        Scope& operator=(const Scope&) = delete;
        ~Scope();

    private:
        const std::shared_ptr<const OwnWords> words_;
        const OwnWords* const before_;
    };

    /// Those of this thread; nullptr: none.
    static const OwnWords* here();

private:
    const ByLanguage texts_;
};

}  // namespace orderd
