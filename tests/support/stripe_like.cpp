#include "support/stripe_like.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

#include "base/text.h"

namespace orderd::tests {

namespace {

using Form = std::map<std::string, std::string>;

Json error(int& status, int as, const std::string& type, const std::string& code, const std::string& message) {
    status = as;
    Json body{{"type", type}, {"message", message}};
    if (!code.empty()) {
        body["code"] = code;
    }
    return {{"error", body}};
}

Json missing(int& status, int as, const std::string& what) {
    return error(status, as, "invalid_request_error", "resource_missing", "No such " + what);
}

Json unexpected(int& status, const Json& intent, const std::string& doing) {
    return error(status, 400, "invalid_request_error", "payment_intent_unexpected_state",
                 "This PaymentIntent could not be " + doing + " because it has a status of " +
                     intent["status"].get<std::string>());
}

struct Decline {
    std::string code;
    std::string decline_code;
};

const std::map<std::string, Decline>& declines() {
    static const std::map<std::string, Decline> all{
        {"pm_card_visa_chargeDeclined", {"card_declined", "generic_decline"}},
        {"pm_card_visa_chargeDeclinedInsufficientFunds", {"card_declined", "insufficient_funds"}},
        {"pm_card_visa_chargeDeclinedStolenCard", {"card_declined", "stolen_card"}},
        {"pm_card_chargeDeclinedExpiredCard", {"expired_card", ""}},
        {"pm_card_chargeDeclinedIncorrectCvc", {"incorrect_cvc", ""}},
        {"pm_card_chargeDeclinedProcessingError", {"processing_error", ""}},
    };
    return all;
}

const std::map<std::string, std::set<std::string>>& parameters() {
    static const std::map<std::string, std::set<std::string>> all{
        {"create",
         {"amount", "currency", "payment_method", "payment_method_types", "confirm", "capture_method", "return_url",
          "description", "metadata", "expand", "customer", "receipt_email", "confirmation_token",
          "automatic_payment_methods"}},
        {"capture", {"amount_to_capture", "expand", "metadata"}},
        {"cancel", {"cancellation_reason", "expand"}},
        {"refund", {"payment_intent", "charge", "amount", "reason", "metadata", "expand"}},
        {"retrieve", {"expand", "client_secret"}},
        {"list", {"created", "customer", "ending_before", "expand", "limit", "starting_after"}},
        {"list of refunds or disputes",
         {"charge", "created", "ending_before", "expand", "limit", "payment_intent", "starting_after"}},
    };
    return all;
}

/// The first parameter that Stripe would not know.
std::string unknown_parameter(const std::string& kind, const Form& form) {
    for (const auto& [name, value] : form) {
        if (!parameters().at(kind).contains(name.substr(0, name.find('[')))) {
            return name;
        }
    }
    return "";
}

Json parameter_unknown(int& status, const std::string& name) {
    return error(status, 400, "invalid_request_error", "parameter_unknown", "Received unknown parameter: " + name);
}

/// A PaymentIntent as it is answered: its latest charge is there in full if the request expands it, else its id.
Json as_asked(Json intent, const Form& request, const std::string& path) {
    const bool expanded = std::any_of(request.begin(), request.end(), [&](const auto& field) {
        return field.first.starts_with("expand[") && field.second == path;
    });
    if (auto& charge = intent["latest_charge"]; charge.is_object() && !expanded) {
        charge = Json(charge.at("id"));
    }
    return intent;
}

Json metadata_of(const Form& form) {
    auto metadata = Json::object();
    for (const auto& [name, value] : form) {
        if (name.starts_with("metadata[")) {
            metadata[name.substr(9, name.size() - 10)] = value;
        }
    }
    return metadata;
}

std::string field(const Form& form, const std::string& name) {
    const auto found = form.find(name);
    return found == form.end() ? "" : found->second;
}

/// Of a refund: none is all that is left.
std::optional<std::int64_t> amount_in(const Form& form) {
    return form.contains("amount") ? std::optional(parse_integer(field(form, "amount")).value_or(0)) : std::nullopt;
}

Json list_of(std::vector<Json> rows, bool more) {
    return {{"object", "list"}, {"data", std::move(rows)}, {"has_more", more}, {"url", "/v1"}};
}

/// The currencies that cards can be charged in, as https://docs.stripe.com/currencies lists them.
const std::set<std::string>& currencies() {
    static const std::set<std::string> all{
        "aed", "afn", "all", "amd", "ang", "aoa", "ars", "aud", "awg", "azn", "bam", "bbd", "bdt", "bgn", "bhd", "bif",
        "bmd", "bnd", "bob", "brl", "bsd", "bwp", "byn", "bzd", "cad", "cdf", "chf", "clp", "cny", "cop", "crc", "cve",
        "czk", "djf", "dkk", "dop", "dzd", "egp", "etb", "eur", "fjd", "fkp", "gbp", "gel", "gip", "gmd", "gnf", "gtq",
        "gyd", "hkd", "hnl", "htg", "huf", "idr", "ils", "inr", "isk", "jmd", "jod", "jpy", "kes", "kgs", "khr", "kmf",
        "krw", "kwd", "kyd", "kzt", "lak", "lbp", "lkr", "lrd", "lsl", "mad", "mdl", "mga", "mkd", "mmk", "mnt", "mop",
        "mur", "mvr", "mwk", "mxn", "myr", "mzn", "nad", "ngn", "nio", "nok", "npr", "nzd", "omr", "pab", "pen", "pgk",
        "php", "pkr", "pln", "pyg", "qar", "ron", "rsd", "rub", "rwf", "sar", "sbd", "scr", "sek", "sgd", "shp", "sle",
        "sos", "srd", "std", "szl", "thb", "tjs", "tnd", "top", "try", "ttd", "twd", "tzs", "uah", "ugx", "usd", "uyu",
        "uzs", "vnd", "vuv", "wst", "xaf", "xcd", "xcg", "xof", "xpf", "yer", "zar", "zmw"};
    return all;
}

/// The smallest charges of that page. A currency without one has that of the account's, here 1.
std::int64_t least_of(const std::string& currency) {
    static const std::map<std::string, std::int64_t> all{
        {"aed", 200},  {"ars", 50},  {"aud", 50},  {"brl", 50},  {"cad", 50},   {"chf", 50},     {"cop", 50},
        {"czk", 1500}, {"dkk", 250}, {"eur", 50},  {"gbp", 30},  {"hkd", 400},  {"huf", 17'500}, {"idr", 50},
        {"ils", 50},   {"inr", 50},  {"jpy", 50},  {"krw", 50},  {"mxn", 1000}, {"myr", 200},    {"nok", 300},
        {"nzd", 50},   {"php", 50},  {"pln", 200}, {"ron", 200}, {"rub", 50},   {"sek", 300},    {"sgd", 50},
        {"thb", 1000}, {"usd", 50},  {"zar", 50}};
    const auto found = all.find(currency);
    return found == all.end() ? 1 : found->second;
}

/// Whether it is an amount of the currency: three decimals end in 0, and the two of ISK and UGX are 00.
bool is_amount_of(const std::string& currency, std::int64_t amount) {
    static const std::set<std::string> tens{"bhd", "jod", "kwd", "omr", "tnd"};
    const auto step = tens.contains(currency) ? 10 : currency == "isk" || currency == "ugx" ? 100 : 1;
    return amount % step == 0;
}

Json not_an_amount(int& status, const std::string& currency) {
    return error(status, 400, "invalid_request_error", "invalid_charge_amount",
                 "The specified amount is not one of " + currency);
}

/// The answer's connection ends in the middle of it.
void lose(httplib::Response& answer) {
    answer.set_content_provider(100, "application/json",
                                [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
}

/// The file that ORDERD_STRIPE_REQUESTS names, or -1.
int open_accepted() {
    const char* file = std::getenv("ORDERD_STRIPE_REQUESTS");
    if (file == nullptr || *file == '\0') {
        return -1;
    }
    const int fd = ::open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    if (fd < 0) {
        throw std::runtime_error(fmt::format("ORDERD_STRIPE_REQUESTS: {} cannot be written", file));
    }
    return fd;
}

/// The fields of a request's query or form.
std::vector<std::pair<std::string, std::string>> params_of(const httplib::Request& request) {
    if (request.method != "GET") {
        return form_decoded(request.body);
    }
    const auto mark = request.target.find('?');
    return form_decoded(mark == std::string::npos ? std::string_view()
                                                  : std::string_view(request.target).substr(mark + 1));
}

}  // namespace

StripeLike::StripeLike(bool listens) : accepted_(open_accepted()) {
    if (!listens) {
        return;
    }
    const auto handler = [this](const httplib::Request& request, httplib::Response& answer) { serve(request, answer); };
    server_.Get("/v1/.*", handler);
    server_.Post("/v1/.*", handler);
    server_.set_read_timeout(60);  // a stalled machine is not what a test looks for
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
}

StripeLike::~StripeLike() {
    server_.stop();
    if (thread_.joinable()) {
        thread_.join();
    }
    if (accepted_ >= 0) {
        ::close(accepted_);
    }
}

httplib::Response StripeLike::answer(const httplib::Request& request) {
    httplib::Response answer;
    serve(request, answer);
    return answer;
}

void StripeLike::next(const Fault& fault, int times) {
    const std::lock_guard lock(mutex_);
    faults_.insert(faults_.end(), static_cast<std::size_t>(times), fault);
}

/// Tests of several processes append to the file at once: each line is one write.
void StripeLike::keep_if_accepted(const httplib::Request& request, int status) const {
    const bool is_declined_card = status == 402;
    if (accepted_ < 0 || ((status < 200 || status > 299) && !is_declined_card)) {
        return;
    }
    const auto line =
        Json{{"method", request.method}, {"path", request.path}, {"params", params_of(request)}}.dump() + '\n';
    if (::write(accepted_, line.data(), line.size()) != static_cast<ssize_t>(line.size())) {
        throw std::runtime_error("the file of ORDERD_STRIPE_REQUESTS cannot be written");
    }
}

std::string StripeLike::draw(const std::string& prefix) { return fmt::format("{}_{:016}", prefix, ++drawn_); }

void StripeLike::serve(const httplib::Request& request, httplib::Response& answer) {
    const std::lock_guard lock(mutex_);
    int status = 200;
    const auto say = [&](const Json& body) {
        answer.status = status;
        answer.set_content(body.dump(), "application/json");
    };
    if (request.get_header_value("Authorization") != std::string("Bearer ") + kKey) {
        return say(error(status, 401, "invalid_request_error", "", "Invalid API Key provided"));
    }
    if (request.get_header_value("Stripe-Version") != kVersion) {
        return say(error(status, 400, "invalid_request_error", "", "Invalid Stripe API version"));
    }
    if (request.method == "GET") {
        const auto body = get(request.path, request, status);
        keep_if_accepted(request, status);
        return say(body);
    }
    if (request.path == "/v1/payment_intents") {
        ++requests_;
        last_headers_ = {request.headers.begin(), request.headers.end()};
    }
    const auto key = request.get_header_value("Idempotency-Key");
    const auto fault = std::find_if(faults_.begin(), faults_.end(),
                                    [&](const Fault& one) { return request.path.starts_with(one.path); });
    const auto wrong = fault == faults_.end() ? std::nullopt : std::optional(*fault);
    if (wrong) {
        faults_.erase(fault);
    }
    if (wrong && wrong->kind == Fault::Kind::lost_before) {
        return lose(answer);
    }
    const auto whole = request.path + '?' + request.body;
    const auto before = key.empty() ? kept_.end() : kept_.find(key);
    if (before != kept_.end()) {
        if (before->second.request != whole) {
            return say(error(status, 400, "idempotency_error", "",
                             "Keys for idempotent requests can only be used with the same parameters"));
        }
        answer.set_header("Idempotent-Replayed", "true");
        answer.status = before->second.status;
        return answer.set_content(before->second.body, "application/json");
    }
    if (wrong && wrong->kind == Fault::Kind::answer) {
        const auto type = wrong->status == 429   ? "invalid_request_error"
                          : wrong->status == 409 ? "idempotency_error"
                                                 : "api_error";
        const auto body = error(status, wrong->status, type, wrong->status == 429 ? "rate_limit" : "", "not now");
        if (!wrong->should_retry.empty()) {
            answer.set_header("Stripe-Should-Retry", wrong->should_retry);
        }
        if (!wrong->retry_after.empty()) {
            answer.set_header("Retry-After", wrong->retry_after);
        }
        return say(body);
    }
    Form form;
    for (const auto& [name, value] : form_decoded(request.body)) {
        form[name] = value;
    }
    const auto body = post(request.path, form, status);
    keep_if_accepted(request, status);
    if (!key.empty()) {
        kept_[key] = {whole, status, body.dump()};
    }
    if (wrong && wrong->kind == Fault::Kind::lost_after) {
        return lose(answer);
    }
    say(body);
}

Json StripeLike::post(const std::string& path, const Form& form, int& status) {
    const auto unknown = [&](const std::string& kind) {
        const auto name = unknown_parameter(kind, form);
        return name.empty() ? Json(nullptr) : parameter_unknown(status, name);
    };
    const std::string intents = "/v1/payment_intents";
    if (path == intents) {
        const auto refused = unknown("create");
        return refused.is_null() ? make_intent(form, status) : refused;
    }
    if (path == "/v1/refunds") {
        const auto refused = unknown("refund");
        return refused.is_null() ? make_refund(field(form, "payment_intent"), amount_in(form),
                                               field(form, "metadata[orderd_refund]"), status)
                                 : refused;
    }
    const auto slash = path.rfind('/');
    const auto doing = path.substr(slash + 1);
    const auto found = path.starts_with(intents + "/") && slash > intents.size()
                           ? intents_.find(path.substr(intents.size() + 1, slash - intents.size() - 1))
                           : intents_.end();
    if (found == intents_.end() || (doing != "capture" && doing != "cancel")) {
        return missing(status, 404, "payment_intent");
    }
    if (const auto refused = unknown(doing); !refused.is_null()) {
        return refused;
    }
    auto& intent = found->second;
    const auto state = intent["status"].get<std::string>();
    if (doing == "cancel") {
        if (state == "succeeded" || state == "processing" || state == "canceled") {
            return unexpected(status, intent, "canceled");
        }
        intent["status"] = "canceled";
        return as_asked(intent, form, "latest_charge");
    }
    if (state != "requires_capture") {
        return unexpected(status, intent, "captured");
    }
    const auto amount = parse_integer(field(form, "amount_to_capture")).value_or(intent["amount"].get<std::int64_t>());
    if (amount < 1 || amount > intent["amount"].get<std::int64_t>()) {
        return error(status, 400, "invalid_request_error", "amount_too_large", "too much");
    }
    if (const auto currency = intent["currency"].get<std::string>(); !is_amount_of(currency, amount)) {
        return not_an_amount(status, currency);
    }
    intent["status"] = "succeeded";
    intent["amount_received"] = amount;
    return as_asked(intent, form, "latest_charge");
}

/// What is charged: a payment method, or that of a confirmation token, which is used up.
std::string StripeLike::method_of(const Form& form, int& status, Json& refused) {
    const auto token = field(form, "confirmation_token");
    auto method = field(form, "payment_method");
    const bool automatic = field(form, "automatic_payment_methods[enabled]") == "true";
    if (token.empty() == method.empty() || automatic == form.contains("payment_method_types[0]")) {
        refused = error(status, 400, "invalid_request_error", "", "You may only specify one of these parameters");
        return "";
    }
    if (token.empty()) {
        if (!method.starts_with("pm_card_")) {
            refused = missing(status, 400, "PaymentMethod: '" + method + "'");
        }
        return method;
    }
    const auto found = tokens_.find(token);
    if (found == tokens_.end()) {
        refused = missing(status, 400, "confirmationtoken: '" + token + "'");
        return "";
    }
    if (field(form, "confirm") != "true" || field(form, "return_url").empty()) {
        refused = error(status, 400, "invalid_request_error", "", "confirmation_token needs confirm and return_url");
        return "";
    }
    method = found->second;
    tokens_.erase(found);
    return method;
}

std::string StripeLike::confirmation_token(const std::string& method) {
    const std::lock_guard lock(mutex_);
    const auto token = draw("ctoken");
    tokens_[token] = method;
    return token;
}

Json StripeLike::make_intent(const Form& form, int& status) {
    const auto amount = parse_integer(field(form, "amount"));
    const auto currency = field(form, "currency");
    if (!amount || *amount < 1 || currency.empty()) {
        return error(status, 400, "invalid_request_error", "parameter_missing", "Missing required param");
    }
    if (!currencies().contains(currency)) {
        return error(status, 400, "invalid_request_error", "", "Invalid currency: " + currency);
    }
    if (*amount < least_of(currency)) {
        return error(status, 400, "invalid_request_error", "amount_too_small", "Amount must be larger");
    }
    if (*amount > 999'999'999'999) {
        return error(status, 400, "invalid_request_error", "amount_too_large", "Amount must be smaller");
    }
    if (!is_amount_of(currency, *amount)) {
        return not_an_amount(status, currency);
    }
    Json answer = nullptr;
    const auto method = method_of(form, status, answer);
    if (!answer.is_null()) {
        return answer;
    }
    const auto id = draw("pi");
    Json intent{{"id", id},
                {"object", "payment_intent"},
                {"client_secret", id + "_secret_" + draw("s")},
                {"amount", *amount},
                {"amount_received", 0},
                {"currency", currency},
                {"capture_method", field(form, "capture_method")},
                {"created", now_},
                {"status", "requires_confirmation"},
                {"payment_method", method},
                {"metadata", metadata_of(form)},
                {"next_action", nullptr},
                {"last_payment_error", nullptr},
                {"latest_charge", nullptr},
                {"return_url", field(form, "return_url")}};
    if (field(form, "confirm") == "true") {
        charge(intent, status, answer);
    }
    intents_[id] = intent;
    order_.push_back(id);
    return answer.is_null() ? as_asked(intent, form, "latest_charge") : answer;
}

namespace {

/// The member payment_method_details of a charge.
Json details_of(const std::string& method) {
    if (method == "pm_ideal") {
        return {{"type", "ideal"}, {"ideal", {{"bank", "ing"}}}};
    }
    if (method == "pm_sepa_debit") {
        return {{"type", "sepa_debit"}, {"sepa_debit", {{"last4", "3000"}}}};
    }
    return {{"type", "card"}, {"card", {{"brand", "visa"}, {"last4", "4242"}}}};
}

/// What the customer has to do for a new charge; null: nothing.
Json action_of(const std::string& method, const Json& intent) {
    if (method == "pm_card_3ds") {
        return {{"type", "use_stripe_sdk"}, {"use_stripe_sdk", {{"type", "three_d_secure_redirect"}}}};
    }
    if (method != "pm_card_authenticationRequired" && method != "pm_ideal") {
        return nullptr;
    }
    return {{"type", "redirect_to_url"},
            {"redirect_to_url",
             {{"url", "https://hooks.stripe.com/3d_secure/" + intent["id"].get<std::string>()},
              {"return_url", intent["return_url"]}}}};
}

}  // namespace

void StripeLike::charge(Json& intent, int& status, Json& answer) {
    const auto method = intent["payment_method"].get<std::string>();
    if (const auto declined = declines().find(method); declined != declines().end()) {
        intent["status"] = "requires_payment_method";
        answer = error(status, 402, "card_error", declined->second.code, "Your card was declined.");
        if (!declined->second.decline_code.empty()) {
            answer["error"]["decline_code"] = declined->second.decline_code;
        }
        intent["last_payment_error"] = answer["error"];
        answer["error"]["payment_intent"] = intent;
        return;
    }
    const bool is_new = intent["status"] == "requires_confirmation";
    if (const auto action = action_of(method, intent); is_new && !action.is_null()) {
        intent["status"] = "requires_action";
        intent["next_action"] = action;
        return;
    }
    if (method == "pm_sepa_debit" && is_new) {
        intent["status"] = "processing";
        return;
    }
    const bool held = intent["capture_method"] == "manual";
    intent["status"] = held ? "requires_capture" : "succeeded";
    intent["amount_received"] = held ? Json(0) : intent["amount"];
    intent["next_action"] = nullptr;
    intent["latest_charge"] = {
        {"id", draw("ch")}, {"object", "charge"}, {"payment_method_details", details_of(method)}};
}

Json StripeLike::make_refund(const std::string& id, std::optional<std::int64_t> wanted, const std::string& tag,
                             int& status) {
    const auto found = intents_.find(id);
    if (found == intents_.end()) {
        return missing(status, 400, "payment_intent");
    }
    auto left = found->second["amount_received"].get<std::int64_t>();
    for (const auto& refund : refunds_) {
        left -=
            refund["payment_intent"] == id && refund["status"] != "failed" ? refund["amount"].get<std::int64_t>() : 0;
    }
    for (const auto& dispute : disputes_) {
        if (dispute["payment_intent"] == id && dispute["status"] != "won") {
            return error(status, 400, "invalid_request_error", "charge_disputed", "This charge has been charged back");
        }
    }
    if (left == 0) {
        return error(status, 400, "invalid_request_error", "charge_already_refunded",
                     "Charge has already been refunded.");
    }
    const auto amount = wanted.value_or(left);
    if (amount < 1 || amount > left) {
        return error(status, 400, "invalid_request_error", "",
                     "Refund amount is greater than unrefunded amount on charge");
    }
    if (const auto currency = found->second["currency"].get<std::string>(); !is_amount_of(currency, amount)) {
        return not_an_amount(status, currency);
    }
    Json refund{{"id", draw("re")},
                {"object", "refund"},
                {"amount", amount},
                {"payment_intent", id},
                {"created", now_},
                {"metadata", tag.empty() ? Json::object() : Json{{"orderd_refund", tag}}},
                {"status", refunds_are_pending_ ? "pending" : "succeeded"}};
    refunds_.push_back(refund);
    return refund;
}

Json StripeLike::get(const std::string& path, const httplib::Request& request, int& status) {
    const auto limit = static_cast<std::size_t>(parse_integer(request.get_param_value("limit")).value_or(10));
    const Form query(request.params.begin(), request.params.end());
    const std::string kind = path == "/v1/payment_intents"                     ? "list"
                             : path == "/v1/refunds" || path == "/v1/disputes" ? "list of refunds or disputes"
                                                                               : "retrieve";
    if (const auto name = unknown_parameter(kind, query); !name.empty()) {
        return parameter_unknown(status, name);
    }
    if (lists_are_refused_ && path.rfind('/') == 3) {
        return error(status, 500, "api_error", "", "an error at Stripe");
    }
    if (path == "/v1/payment_intents") {
        const auto from = parse_integer(request.get_param_value("created[gte]")).value_or(0);
        const auto until = parse_integer(request.get_param_value("created[lte]")).value_or(9'999'999'999);
        const auto after = request.get_param_value("starting_after");
        std::vector<Json> rows;
        bool begun = after.empty();
        bool more = false;
        for (auto id = order_.rbegin(); id != order_.rend(); ++id) {  // newest first, as Stripe has it
            const auto& intent = intents_.at(*id);
            const auto created = intent["created"].get<std::int64_t>();
            if (begun && created >= from && created <= until) {
                if (rows.size() == limit) {
                    more = true;
                    break;
                }
                rows.push_back(as_asked(intent, query, "data.latest_charge"));
            }
            begun = begun || *id == after;
        }
        return list_of(std::move(rows), more);
    }
    if (path == "/v1/refunds" || path == "/v1/disputes") {
        const auto& all = path == "/v1/refunds" ? refunds_ : disputes_;
        std::vector<Json> rows;
        std::copy_if(all.rbegin(), all.rend(), std::back_inserter(rows), [&](const Json& row) {
            const auto intent = request.get_param_value("payment_intent");
            const auto from = parse_integer(request.get_param_value("created[gte]")).value_or(0);
            return (intent.empty() || row["payment_intent"] == intent) && row["created"].get<std::int64_t>() >= from;
        });
        return list_of(std::move(rows), false);
    }
    const auto found = intents_.find(path.substr(path.rfind('/') + 1));
    return found == intents_.end() ? missing(status, 404, "payment_intent")
                                   : as_asked(found->second, query, "latest_charge");
}

std::vector<Json> StripeLike::intents() {
    const std::lock_guard lock(mutex_);
    std::vector<Json> all;
    for (const auto& id : order_) {
        all.push_back(intents_.at(id));
    }
    return all;
}

Json StripeLike::intent(const std::string& id) {
    const std::lock_guard lock(mutex_);
    return intents_.at(id);
}

std::vector<Json> StripeLike::refunds() {
    const std::lock_guard lock(mutex_);
    return refunds_;
}

StripeLike::Sums StripeLike::sums_of(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto& intent = intents_.at(id);
    Sums sums{.received = intent["amount_received"].get<std::int64_t>()};
    sums.held = intent["status"] == "requires_capture" ? intent["amount"].get<std::int64_t>() : 0;
    for (const auto& refund : refunds_) {
        const bool counts = refund["payment_intent"] == id && refund["status"] != "failed";
        sums.went_back += counts ? refund["amount"].get<std::int64_t>() : 0;
    }
    for (const auto& dispute : disputes_) {
        const bool counts = dispute["payment_intent"] == id && dispute["status"] == "lost";
        sums.went_back += counts ? dispute["amount"].get<std::int64_t>() : 0;
    }
    return sums;
}

bool StripeLike::went_back(const std::string& key, const std::string& reference) {
    const std::lock_guard lock(mutex_);
    return std::any_of(refunds_.begin(), refunds_.end(),
                       [&](const Json& refund) {
                           return refund["status"] != "failed" &&
                                  (refund["id"] == reference || refund["metadata"].value("orderd_refund", "") == key);
                       }) ||
           std::any_of(disputes_.begin(), disputes_.end(),
                       [&](const Json& dispute) { return dispute["status"] == "lost" && dispute["id"] == reference; });
}

std::int64_t StripeLike::charged() {
    const std::lock_guard lock(mutex_);
    return std::count_if(intents_.begin(), intents_.end(),
                         [](const auto& it) { return it.second["amount_received"].template get<std::int64_t>() > 0; });
}

std::int64_t StripeLike::requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::multimap<std::string, std::string> StripeLike::last_headers() {
    const std::lock_guard lock(mutex_);
    return last_headers_;
}

void StripeLike::decide(const std::string& id, bool approved) {
    const std::lock_guard lock(mutex_);
    auto& intent = intents_.at(id);
    const bool debited = intent["status"] == "processing";
    const bool tried_again = approved && intent["status"] == "requires_payment_method";  // on a page that is open still
    if (intent["status"] != "requires_action" && !debited && !tried_again) {
        return;
    }
    if (approved) {
        int status = 200;
        Json answer;
        charge(intent, status, answer);
        return;
    }
    intent["status"] = "requires_payment_method";
    intent["next_action"] = nullptr;
    intent["last_payment_error"] = {
        {"type", "invalid_request_error"},
        {"code", debited ? "payment_intent_payment_attempt_failed" : "payment_intent_authentication_failure"}};
    if (debited) {
        intent["last_payment_error"]["decline_code"] = "insufficient_funds";
    }
}

void StripeLike::change_metadata(const std::string& name, const std::string& value) {
    const std::lock_guard lock(mutex_);
    for (auto& [id, intent] : intents_) {
        intent["metadata"][name] = value;
    }
}

void StripeLike::refuse_lists(bool refused) {
    const std::lock_guard lock(mutex_);
    lists_are_refused_ = refused;
}

void StripeLike::refunds_are_pending(bool pending) {
    const std::lock_guard lock(mutex_);
    refunds_are_pending_ = pending;
}

void StripeLike::decide_refund(const std::string& id, const std::string& status) {
    const std::lock_guard lock(mutex_);
    for (auto& refund : refunds_) {
        if (refund["id"] == id) {
            refund["status"] = status;
            refund["failure_reason"] = status == "failed" ? Json("lost_or_stolen_card") : Json(nullptr);
        }
    }
}

std::string StripeLike::refund_there(const std::string& intent, std::int64_t amount) {
    const std::lock_guard lock(mutex_);
    int status = 200;
    return make_refund(intent, amount, "", status).at("id");
}

std::string StripeLike::dispute(const std::string& intent, std::int64_t amount) {
    const std::lock_guard lock(mutex_);
    disputes_.push_back({{"id", draw("dp")},
                         {"created", now_},
                         {"object", "dispute"},
                         {"amount", amount},
                         {"payment_intent", intent},
                         {"reason", "fraudulent"},
                         {"status", "needs_response"},
                         {"evidence_details", {{"due_by", now_ + 604'800}}}});
    return disputes_.back()["id"];
}

bool StripeLike::is_disputed(const std::string& intent) {
    const std::lock_guard lock(mutex_);
    return std::any_of(disputes_.begin(), disputes_.end(),
                       [&](const Json& dispute) { return dispute["payment_intent"] == intent; });
}

std::vector<std::string> StripeLike::open_disputes() {
    const std::lock_guard lock(mutex_);
    std::vector<std::string> open;
    for (const auto& dispute : disputes_) {
        if (dispute["status"] == "needs_response") {
            open.push_back(dispute["id"]);
        }
    }
    return open;
}

void StripeLike::decide_dispute(const std::string& id, const std::string& status) {
    const std::lock_guard lock(mutex_);
    for (auto& dispute : disputes_) {
        if (dispute["id"] == id) {
            dispute["status"] = status;
        }
    }
}

void StripeLike::forget_keys() {
    const std::lock_guard lock(mutex_);
    kept_.clear();
}

void StripeLike::move(std::int64_t seconds) {
    const std::lock_guard lock(mutex_);
    now_ += seconds;
}

std::string StripeLike::event(const std::string& type, const std::string& id) {
    const std::lock_guard lock(mutex_);
    Json object = nullptr;
    if (const auto found = intents_.find(id); found != intents_.end()) {
        object = as_asked(found->second, {}, "");
    }
    for (const auto* rows : {&refunds_, &disputes_}) {
        for (const auto& row : *rows) {
            if (row["id"] == id) {
                object = row;
            }
        }
    }
    return Json{{"id", draw("evt")},
                {"object", "event"},
                {"api_version", "2019-12-03"},
                {"created", now_},
                {"livemode", false},
                {"type", type},
                {"data", {{"object", std::move(object)}}}}
        .dump();
}

std::string stripe_signature(const std::string& body, const std::string& secret, std::int64_t seconds) {
    const auto signed_text = std::to_string(seconds) + '.' + body;
    std::string hash(EVP_MAX_MD_SIZE, '\0');
    unsigned size = 0;
    HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
         reinterpret_cast<const unsigned char*>(signed_text.data()), signed_text.size(),
         reinterpret_cast<unsigned char*>(hash.data()), &size);
    hash.resize(size);
    return fmt::format("t={},v1={}", seconds, to_hex(hash));
}

std::vector<std::pair<std::string, std::string>> form_decoded(std::string_view body) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    const auto decoded = [&](std::string_view text) {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool escape =
                text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0;
            if (escape) {
                out += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
                i += 2;
            } else {
                out += text[i] == '+' ? ' ' : text[i];
            }
        }
        return out;
    };
    std::vector<std::pair<std::string, std::string>> fields;
    for (std::size_t at = 0; at < body.size();) {
        const auto end = std::min(body.find('&', at), body.size());
        const auto piece = body.substr(at, end - at);
        const auto equals = std::min(piece.find('='), piece.size());
        if (!piece.empty()) {
            fields.emplace_back(decoded(piece.substr(0, equals)),
                                decoded(equals < piece.size() ? piece.substr(equals + 1) : std::string_view()));
        }
        at = end + 1;
    }
    return fields;
}

}  // namespace orderd::tests
