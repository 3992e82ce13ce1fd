#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/fields.h"
#include "base/budgets.h"
#include "base/ids.h"
#include "base/language.h"
#include "notify/order_mail.h"

namespace orderd::notify {

// The bodies of words_routes.cpp.

struct OwnTextBody {
    std::optional<std::string> text;
};

struct DraftText {
    std::string name;
    std::string text;
};

/// Which mail is shown, about which order, and with which texts that are not saved yet.
struct MailPreview {
    std::string mail;
    OrderId order{};
    std::optional<std::string> language;  ///< nullopt: the order's
    std::vector<DraftText> words;
};

struct MailTrial : MailPreview {
    std::string to;
};

/// All texts of a language.
constexpr std::size_t kMostTexts = 1'000;

}  // namespace orderd::notify

namespace orderd {

template <>
struct api::Fields<notify::OwnTextBody> {
    static Declared<notify::OwnTextBody> value() {
        return object<notify::OwnTextBody>(
            "OwnText", {field("text", &notify::OwnTextBody::text,
                              Shape::text(1, budget::kOwnWords)
                                  .nullable()
                                  .described("with the placeholders of the original; null: the original again")
                                  .example("Thank you, {customer_name}!"))});
    }
};

template <>
struct api::Fields<notify::DraftText> {
    static Declared<notify::DraftText> value() {
        return object<notify::DraftText>("DraftText",
                                         {field("name", &notify::DraftText::name, Shape::text(1, 80)),
                                          field("text", &notify::DraftText::text, Shape::text(1, budget::kOwnWords))});
    }
};

template <>
struct api::Fields<notify::MailPreview> {
    static std::vector<Field<notify::MailPreview>> fields() {
        using notify::MailPreview;
        const std::vector<std::string> mails(notify::kOrderMails.begin(), notify::kOrderMails.end());
        return {field("mail", &MailPreview::mail, Shape::one_of(mails)),
                field("order_id", &MailPreview::order, Shape::id().example(1001)),
                optional("language", &MailPreview::language,
                         Shape::one_of(Language::codes()).described("the order's if absent")),
                optional("words", &MailPreview::words,
                         Shape::list(shape_of<notify::DraftText>(), 0, 20).described("texts that are not saved yet"))
                    .not_in_example()};
    }

    static Declared<notify::MailPreview> value() { return object<notify::MailPreview>("MailPreview", fields()); }
};

template <>
struct api::Fields<notify::MailTrial> {
    static Declared<notify::MailTrial> value() {
        std::vector<Field<notify::MailTrial>> all{field("to", &notify::MailTrial::to, Shape::email())};
        for (const auto& one : Fields<notify::MailPreview>::fields()) {
            all.push_back(one);
        }
        return object<notify::MailTrial>("MailTrial", all);
    }
};

}  // namespace orderd
