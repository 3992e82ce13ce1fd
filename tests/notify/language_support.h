#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notify/mail_support.h"

namespace orderd::tests {

/// Where the API has an order.
std::string order_path(const Placed& order);

/// "Order {}" with the order's number.
std::string with_number(std::string_view text, const Placed& order);

std::string receipt_page(Shop& shop, const Placed& order);
std::string tracking_page(Shop& shop, const Placed& order);

/// Fails for each sentence that is not on the page.
void check_says(const std::string& page, const std::vector<std::string>& sentences);

/// A mail by its subject, and what it says as text and as HTML.
struct SaidByMail {
    std::string subject;
    std::vector<std::string> sentences;
};

void check_mails(const std::vector<Json>& mails, const std::string& language, const std::vector<SaidByMail>& wanted);

/// Orders to which everything happens of which customers get a mail.
struct Sold {
    Placed shipped;   ///< paid by card, refunded in part, shipped and delivered
    Placed declined;  ///< its card was declined, and it ran out
    Placed cancelled;
    Placed transferred;  ///< to be paid by bank transfer, and reminded
};

/// `headers`: of the requests that place the orders.
Sold sell(MailShop& it, const Headers& headers);

}  // namespace orderd::tests
