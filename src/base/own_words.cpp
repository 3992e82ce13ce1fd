#include "base/own_words.h"

#include <utility>

namespace orderd {

namespace {

thread_local const OwnWords* words_of_thread = nullptr;

}  // namespace

const std::string* OwnWords::find(std::string_view language, std::string_view name) const {
    const auto texts = texts_.find(language);
    if (texts == texts_.end()) {
        return nullptr;
    }
    const auto text = texts->second.find(name);
    return text == texts->second.end() ? nullptr : &text->second;
}

OwnWords::Scope::Scope(std::shared_ptr<const OwnWords> words)
    : words_(std::move(words)), before_(std::exchange(words_of_thread, words_.get())) {}

OwnWords::Scope::~Scope() { words_of_thread = before_; }

const OwnWords* OwnWords::here() { return words_of_thread; }

}  // namespace orderd
