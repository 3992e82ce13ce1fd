#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/own_words.h"
#include "base/rate_limit.h"
#include "base/templates.h"
#include "base/time.h"
#include "base/waiting_places.h"
#include "jobs/pauses.h"
#include "notify/smtp.h"
#include "outgoing/client.h"
#include "storage/settings.h"
#include "storage/store.h"

namespace orderd::notify {

constexpr int kMailTests = 6;  ///< per minute, for the whole shop

/// What the routes and jobs of this department use. It must outlive both.
struct Desk {
    storage::Store& store;
    const Clock& clock;
    outgoing::Client& outgoing;
    const Templates& templates;
    WaitingPlaces& places;          ///< for requests that wait for the mail server
    jobs::Pauses& pauses;           ///< of endpoints and of the mail server
    bool private_webhooks = false;  ///< webhooks may go to private addresses, and over plain HTTP
    bool simulated = false;         ///< payments are simulated: mails and receipts say so
    std::shared_ptr<const settings::Secret> smtp_password = {};
    std::chrono::milliseconds smtp_answer_within{15'000};
    Post post = send;
    RateLimiter mail_tests{{.per_minute = kMailTests, .at_once = kMailTests}};
    std::function<std::string()> url = {};  ///< the shop's public address
    std::function<std::shared_ptr<const OwnWords>()> words = {};
};

}  // namespace orderd::notify
