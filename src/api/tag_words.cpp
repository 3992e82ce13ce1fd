#include "api/tag_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace orderd::api {
namespace {

constexpr auto kTags = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"Audit", "Who did what, and when: staff, API keys, customers and the system."},
    {"Customers", "Accounts of customers, and what the shop knows of a person: to show, to export, to erase."},
    {"Documents", "Invoices, credit notes and corrections: their numbers, contents and printed pages."},
    {"Events", "The log of everything that happened in the shop, by its sequence, and as a live stream."},
    {"Fulfillment", "From a paid order to the door: packing, parcels, labels, tracking, returns."},
    {"Inventory",
     "What staff see and change of products: stock and its movements, groups, pictures, collections, imports, "
     "deliveries and counts."},
    {"Jobs", "Work in the background that was put off, is under way or failed, and the outside services it waits for."},
    {"Orders", "Placing orders, reading and changing them, cancelling them, discount codes."},
    {"Payments", "Paying by card, bank transfer or on delivery; capturing, voiding and refunding."},
    {"Products", "What is on sale, for the shop's own website."},
    {"Search", "One search over orders, customers, products and parcels."},
    {"Service", "Whether the server is well, what it measures, and its documentation."},
    {"Settings", "How the shop works: its name, taxes, delivery, mail, texts and gateways."},
    {"Shop pages", "Pages in HTML for people with a browser: the shop window, checkout, receipts, tracking, accounts."},
    {"Signing in", "Sessions of staff and customers, passwords, second factors, and the shop's first owner."},
    {"Stats", "Figures and reports: sales, stock, open payments."},
    {"Users and keys", "People of the shop, their roles, and API keys for programs."},
    {"Webhooks", "Telling other programs what happened: receivers, deliveries, replays."},
});

}  // namespace

std::string_view words_for_tag(std::string_view tag) {
    const auto* const found =
        std::find_if(kTags.begin(), kTags.end(), [&](const auto& entry) { return entry.first == tag; });
    return found == kTags.end() ? std::string_view() : found->second;
}

}  // namespace orderd::api
