#include "storefront/account_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "accounts/password_rules.h"
#include "api/shape.h"
#include "base/text.h"

namespace orderd::storefront {

namespace {

struct AccountField {
    std::string_view name;
    std::string_view type;
    std::string_view autocomplete;
    std::size_t most;  ///< letters
};
constexpr std::array kAccountFields{
    AccountField{"email", "email", "username", 254},
    AccountField{"name", "text", "name", 200},
    AccountField{"code", "text", "one-time-code", 40},
    AccountField{"password", "password", "current-password", accounts::kMaxPasswordBytes},
    AccountField{"current_password", "password", "current-password", accounts::kMaxPasswordBytes},
    AccountField{"new_password", "password", "new-password", accounts::kMaxPasswordBytes},
};

const AccountField& field_named(std::string_view name) {
    return *std::find_if(kAccountFields.begin(), kAccountFields.end(),
                         [&](const AccountField& field) { return field.name == name; });
}

}  // namespace

const std::string& AccountForm::at(std::string_view name) const {
    static const std::string kNone;
    const auto found = typed.find(name);
    return found == typed.end() ? kNone : found->second;
}

void AccountForm::fail(int with_status, std::string_view message) {
    status = with_status;
    notice = message;
}

AccountForm account_form(const api::Form& sent, std::initializer_list<std::string_view> names) {
    AccountForm form;
    for (const auto name : names) {
        form.typed.emplace(name, trimmed(sent.value(name)));
    }
    return form;
}

bool take_faults(const std::vector<Fault>& found, AccountForm& form) {
    bool any = false;
    for (const auto& fault : found) {
        auto field = fault.pointer.substr(fault.pointer.rfind('/') + 1);
        if (field == "password") {
            field = "new_password";  // the API's name where there is only one
        }
        form.faults.emplace(field, fmt::format("account_fault.{}", field));
        any = true;
    }
    return any;
}

void require_email(AccountForm& form) {
    std::vector<Fault> found;
    api::Shape::email().check(form.at("email"), "/email", found);
    take_faults(found, form);
}

Json account_fields(const AccountForm& form, std::initializer_list<std::string_view> names, const Language& words) {
    auto fields = Json::array();
    for (const auto name : names) {
        const auto& field = field_named(name);
        const auto fault = form.faults.find(name);
        fields.push_back({{"name", name},
                          {"label", words.text(fmt::format("account_field.{}", name))},
                          {"type", field.type},
                          {"value", field.type == "password" ? std::string() : form.at(name)},
                          {"most", field.most},
                          {"autocomplete", field.autocomplete},
                          {"required", true},
                          {"fault", fault == form.faults.end() ? std::string() : words.text(fault->second)}});
    }
    return fields;
}

}  // namespace orderd::storefront
