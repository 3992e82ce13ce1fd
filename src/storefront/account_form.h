#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "api/form.h"
#include "base/errors.h"
#include "base/json.h"
#include "base/language.h"

namespace orderd::storefront {

/// A form of the account's pages: what was typed, and what is wrong with it. Passwords are never shown again.
struct AccountForm {
    std::map<std::string, std::string, std::less<>> typed = {};  ///< by the fields' names, without the blanks around it
    std::map<std::string, std::string, std::less<>> faults = {};  ///< a message's name by the field's
    std::string notice = {};                                      ///< a message's name; empty: none
    int status = 200;

    const std::string& at(std::string_view name) const;
    void fail(int with_status, std::string_view message);
};

/// What a form sent in these fields.
AccountForm account_form(const api::Form& sent, std::initializer_list<std::string_view> names);

/// Adds the faults of a refusal by the fields that they name: "/new_password" is of "new_password". @returns whether there
/// were any
bool take_faults(const std::vector<Fault>& found, AccountForm& form);

/// Adds a fault where something is no e-mail address.
void require_email(AccountForm& form);

/// Fields for shop_field.html: "email", "name", "code", "password", "new_password", "current_password".
Json account_fields(const AccountForm& form, std::initializer_list<std::string_view> names, const Language& words);

}  // namespace orderd::storefront
