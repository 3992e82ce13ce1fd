#include "api/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/budgets.h"
#include "base/errors.h"
#include "base/text.h"
#include "wire/head.h"

namespace orderd::api {

namespace {

/// A field's text without its escapes, with "\n" for each line break; nullopt if it is not text.
std::optional<std::string> decoded_field(std::string_view text) {
    const auto is_control = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
    };
    auto out = wire::unescaped(text, true);
    if (out) {
        std::erase(*out, '\r');  // browsers send line breaks as "\r\n"
    }
    const bool is_text = out && std::none_of(out->begin(), out->end(), is_control) && valid_utf8(*out);
    return is_text ? std::move(out) : std::nullopt;
}

}  // namespace

Form Form::parse(std::string_view body) {
    Form form;
    while (!body.empty()) {
        const auto end = body.find('&');
        const auto part = body.substr(0, end);
        body = end == std::string_view::npos ? std::string_view() : body.substr(end + 1);
        if (part.empty()) {
            continue;
        }
        if (form.fields_.size() == budget::kFormFields) {
            throw Refusal(kBadForm, fmt::format("the form has more than {} fields", budget::kFormFields));
        }
        const auto equals = std::min(part.find('='), part.size());
        auto name = decoded_field(part.substr(0, equals));
        auto value = decoded_field(part.substr(std::min(equals + 1, part.size())));
        if (!name || !value) {
            throw Refusal(kBadForm, "the form has a broken escape, a control character, or bytes that are not UTF-8");
        }
        if (name->size() > budget::kFormName || value->size() > budget::kFormValue) {
            throw Refusal(kBadForm, fmt::format("a field of the form is longer than {} bytes", budget::kFormValue));
        }
        form.fields_.emplace_back(std::move(*name), std::move(*value));
    }
    return form;
}

const std::string& Form::value(std::string_view name) const {
    static const std::string kNone;
    const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const auto& one) { return one.first == name; });
    return found == fields_.end() ? kNone : found->second;
}

bool Form::has(std::string_view name) const {
    return std::any_of(fields_.begin(), fields_.end(), [&](const auto& one) { return one.first == name; });
}

std::vector<std::string> Form::all(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [known, value] : fields_) {
        if (known == name) {
            values.push_back(value);
        }
    }
    return values;
}

}  // namespace orderd::api
