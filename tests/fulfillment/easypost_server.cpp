#include "fulfillment/easypost_server.h"

#include <zlib.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace orderd::tests {

namespace {

// "EZTK-test:" in base64.
constexpr auto kAuthorization = "Basic RVpUSy10ZXN0Og==";

Json error(const std::string& code) {
    return {{"error", {{"code", code}, {"message", "Ada Lovelace, 12 St James's Square"}, {"errors", Json::array()}}}};
}

Json rate(const std::string& id, const std::string& service, const std::string& cost, int days) {
    return {{"id", id},     {"object", "Rate"},  {"carrier", "USPS"},    {"service", service},
            {"rate", cost}, {"currency", "USD"}, {"delivery_days", days}};
}

bool ends_with(const std::string& text, const std::string& end) { return text.ends_with(end); }

}  // namespace

const std::vector<EasyPostServer::Route>& EasyPostServer::routes() {
    static const std::vector<Route> all{
        {"POST", R"(/v2/shipments)", &EasyPostServer::make},
        {"POST", R"(/v2/shipments/([^/]+)/buy)", &EasyPostServer::buy},
        {"POST", R"(/v2/shipments/([^/]+)/refund)", &EasyPostServer::refund},
        {"POST", R"(/v2/shipments/([^/]+)/rerate)", &EasyPostServer::rerate},
        {"GET", R"(/v2/shipments/([^/]+))", &EasyPostServer::show},
        {"GET", R"(/v2/shipments/([^/]+)/label)", &EasyPostServer::convert},
        {"POST", R"(/v2/trackers)", &EasyPostServer::track},
    };
    return all;
}

EasyPostServer::EasyPostServer(bool listens) {
    if (listens) {
        listen();
    } else {
        port_ = 1;  // its links need one
    }
}

void EasyPostServer::listen() {
    for (const auto& route : routes()) {
        const auto handle = [this, &route](const httplib::Request& request, httplib::Response& response) {
            serve(request, response, route.handler);
        };
        if (route.method == "GET") {
            server_.Get(route.pattern, handle);
        } else {
            server_.Post(route.pattern, handle);
        }
    }
    server_.Get(R"(/labels/.*\.png)", [](const httplib::Request&, httplib::Response& response) {
        response.set_content(small_png(), "image/png");
    });
    server_.Get(R"(/labels/.*\.zpl)", [](const httplib::Request&, httplib::Response& response) {
        response.set_content("^XA^FO50,50^FDEasyPost^FS^XZ", "text/plain");
    });
    server_.set_read_timeout(60);  // a stalled machine is not what a test looks for
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    server_.wait_until_ready();
}

EasyPostServer::~EasyPostServer() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    over_.notify_all();
    server_.stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

httplib::Response EasyPostServer::answer(httplib::Request request) {
    httplib::Response response;
    response.status = 200;
    if (request.path.ends_with(".png")) {
        response.set_content(small_png(), "image/png");
        return response;
    }
    for (const auto& route : routes()) {
        if (request.method == route.method &&
            std::regex_match(request.path, request.matches, std::regex(route.pattern))) {
            serve(request, response, route.handler);
            return response;
        }
    }
    response.status = 404;
    return response;
}

void EasyPostServer::serve(const httplib::Request& request, httplib::Response& response, Handler handler) {
    std::unique_lock lock(mutex_);
    requests_.emplace_back(request.method, request.path);
    if (request.get_header_value("Authorization") != kAuthorization) {
        response.status = 401;
        response.set_content(error("APIKEY.INACTIVE").dump(), "application/json");
        return;
    }
    const auto found = std::find_if(faults_.begin(), faults_.end(), [&](const auto& it) {
        return it.first.first == request.method && ends_with(request.path, it.first.second);
    });
    std::optional<Fault> fault;
    if (found != faults_.end()) {
        fault = found->second;
        faults_.erase(found);
    }
    if (fault == Fault::down || fault == Fault::busy || fault == Fault::refused) {
        response.status = fault == Fault::down ? 503 : fault == Fault::busy ? 429 : 422;
        const auto code = fault == Fault::down   ? "INTERNAL_SERVER_ERROR"
                          : fault == Fault::busy ? "RATE_LIMITED"
                                                 : "SHIPMENT.POSTAGE.FAILURE";
        response.set_content(error(code).dump(), "application/json");
        return;
    }
    const auto json = (this->*handler)(request, response);
    if (fault == Fault::slow) {
        over_.wait(lock, [&] { return ends_; });
    }
    if (fault == Fault::lost) {
        response.set_content_provider(100, "application/json",
                                      [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
        return;
    }
    response.set_content(fault == Fault::garbled ? "<html>" : json.dump(), "application/json");
}

Json* EasyPostServer::find(const std::string& id_or_reference) {
    const auto found = std::find_if(shipments_.begin(), shipments_.end(), [&](const Json& it) {
        return it["id"] == id_or_reference || it["reference"] == id_or_reference;
    });
    return found == shipments_.end() ? nullptr : &*found;
}

namespace {

using Is = bool (*)(const Json&);

bool is_text(const Json& json) { return json.is_string(); }
bool is_number(const Json& json) { return json.is_number(); }
bool is_whole(const Json& json) { return json.is_number_integer(); }
bool is_flag(const Json& json) { return json.is_boolean(); }
bool is_object(const Json& json) { return json.is_object(); }
bool is_list(const Json& json) { return json.is_array(); }

/// The first member that EasyPost does not know, or that is of another type than it documents; empty: all are right.
std::string wrong_member(const Json& json, const std::map<std::string, Is>& members) {
    for (const auto& [name, value] : json.items()) {
        const auto known = members.find(name);
        if (known == members.end() || !known->second(value)) {
            return name;
        }
    }
    return "";
}

/// By https://docs.easypost.com/docs/shipments, /addresses, /parcels, /customs-infos and /customs-items.
std::string wrong_type(const Json& shipment) {
    static const std::map<std::string, Is> address{{"street1", is_text}, {"street2", is_text}, {"city", is_text},
                                                   {"state", is_text},   {"zip", is_text},     {"country", is_text},
                                                   {"name", is_text},    {"company", is_text}, {"phone", is_text}};
    static const std::map<std::string, Is> parcel{
        {"weight", is_number}, {"length", is_number}, {"width", is_number}, {"height", is_number}};
    static const std::map<std::string, Is> options{{"label_format", is_text}, {"label_size", is_text}};
    static const std::map<std::string, Is> customs{{"contents_type", is_text},
                                                   {"restriction_type", is_text},
                                                   {"customs_certify", is_flag},
                                                   {"customs_signer", is_text},
                                                   {"customs_items", is_list}};
    static const std::map<std::string, Is> item{
        {"description", is_text}, {"quantity", is_whole},      {"value", is_number},         {"currency", is_text},
        {"weight", is_number},    {"origin_country", is_text}, {"hs_tariff_number", is_text}};
    static const std::map<std::string, Is> whole{{"to_address", is_object},   {"from_address", is_object},
                                                 {"parcel", is_object},       {"options", is_object},
                                                 {"customs_info", is_object}, {"reference", is_text}};
    auto wrong = wrong_member(shipment, whole);
    const auto look = [&](const Json& json, const auto& members) {
        wrong = wrong.empty() ? wrong_member(json, members) : wrong;
    };
    look(shipment["to_address"], address);
    look(shipment["from_address"], address);
    look(shipment["parcel"], parcel);
    look(shipment["options"], options);
    if (shipment.contains("customs_info")) {
        look(shipment["customs_info"], customs);
        for (const auto& it : shipment["customs_info"]["customs_items"]) {
            look(it, item);
        }
    }
    return wrong;
}

}  // namespace

Json EasyPostServer::make(const httplib::Request& request, httplib::Response& response) {
    auto shipment = Json::parse(request.body)["shipment"];
    if (const auto wrong = wrong_type(shipment); !wrong.empty()) {
        response.status = 422;
        return {{"error", {{"code", "PARAMETER.INVALID"}, {"errors", {{{"field", wrong}}}}}}};
    }
    if (!shipment.contains("reference")) {
        shipment["reference"] = nullptr;
    }
    const auto id = "shp_" + std::to_string(shipments_.size() + 1);
    shipment["id"] = id;
    shipment["object"] = "Shipment";
    shipment["rates"] = {rate("rate_" + id + "_p", "Priority", "7.58000", 2),
                         rate("rate_" + id + "_g", "GroundAdvantage", "5.60", 4)};
    shipment["postage_label"] = nullptr;
    shipment["tracking_code"] = nullptr;
    shipment["tracker"] = nullptr;
    shipment["refund_status"] = nullptr;
    shipments_.push_back(shipment);
    response.status = 201;
    return shipment;
}

void EasyPostServer::while_buying(std::function<void()> meanwhile) {
    const std::lock_guard lock(mutex_);
    while_buying_ = std::move(meanwhile);
}

Json EasyPostServer::buy(const httplib::Request& request, httplib::Response& response) {
    auto* shipment = find(request.matches[1]);
    if (shipment == nullptr) {
        response.status = 404;
        return error("SHIPMENT.NOT_FOUND");
    }
    if (!(*shipment)["postage_label"].is_null()) {
        response.status = 422;
        return error("SHIPMENT.POSTAGE.EXISTS");
    }
    const auto wanted = Json::parse(request.body)["rate"]["id"];
    const auto rates = (*shipment)["rates"];
    for (const auto& it : rates) {
        if (it["id"] == wanted) {
            (*shipment)["selected_rate"] = it;
        }
    }
    const auto id = (*shipment)["id"].get<std::string>();
    (*shipment)["postage_label"] = {
        {"object", "PostageLabel"}, {"label_url", base() + "/labels/" + id + ".png"}, {"label_zpl_url", nullptr}};
    (*shipment)["tracking_code"] = "9400111202555842332669";
    (*shipment)["tracker"] = {{"object", "Tracker"},
                              {"id", "trk_" + id},
                              {"public_url", "https://track.easypost.com/x"},
                              {"tracking_details", Json::array()}};
    ++bought_;
    if (while_buying_) {
        std::exchange(while_buying_, nullptr)();
    }
    return *shipment;
}

Json EasyPostServer::refund(const httplib::Request& request, httplib::Response& response) {
    auto* shipment = find(request.matches[1]);
    if (shipment == nullptr || (*shipment)["postage_label"].is_null() || !(*shipment)["refund_status"].is_null()) {
        response.status = 422;
        return error("SHIPMENT.REFUND.UNAVAILABLE");
    }
    (*shipment)["refund_status"] = refund_status_;
    refunded_ += refund_status_ == "rejected" ? 0 : 1;
    return *shipment;
}

Json EasyPostServer::rerate(const httplib::Request& request, httplib::Response& response) {
    const auto* shipment = find(request.matches[1]);
    if (shipment == nullptr) {
        response.status = 404;
        return error("SHIPMENT.NOT_FOUND");
    }
    return {{"rates", (*shipment)["rates"]}};
}

Json EasyPostServer::show(const httplib::Request& request, httplib::Response& response) {
    const auto* shipment = find(request.matches[1]);
    if (shipment == nullptr) {
        response.status = 404;
        return error("NOT_FOUND");
    }
    return *shipment;
}

Json EasyPostServer::track(const httplib::Request& request, httplib::Response&) {
    const auto code = Json::parse(request.body)["tracker"]["tracking_code"];
    return {{"object", "Tracker"},
            {"id", "trk_1"},
            {"tracking_code", code},
            {"shipment_id", nullptr},
            {"tracking_details", trackers_[code.get<std::string>()]}};
}

Json EasyPostServer::convert(const httplib::Request& request, httplib::Response& response) {
    auto* shipment = find(request.matches[1]);
    if (shipment == nullptr || request.get_param_value("file_format") != "ZPL") {
        response.status = 404;
        return error("NOT_FOUND");
    }
    auto& label = (*shipment)["postage_label"];
    label["label_zpl_url"] = base() + "/labels/" + (*shipment)["id"].get<std::string>() + ".zpl";
    return *shipment;
}

void EasyPostServer::fail_next(const std::string& method, const std::string& path_end, Fault fault) {
    const std::lock_guard lock(mutex_);
    faults_.push_back({{method, path_end}, fault});
}

void EasyPostServer::set_tracker(const std::string& id, const Json& details) {
    const std::lock_guard lock(mutex_);
    if (auto* shipment = find(id)) {
        (*shipment)["tracker"]["tracking_details"] = details;
    } else {
        trackers_[id] = details;
    }
}

void EasyPostServer::set_refund_status(const std::string& status) {
    const std::lock_guard lock(mutex_);
    refund_status_ = status;
}

int EasyPostServer::made() const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(
        std::count_if(shipments_.begin(), shipments_.end(), [](const Json& it) { return !it["reference"].is_null(); }));
}

int EasyPostServer::bought() const {
    const std::lock_guard lock(mutex_);
    return bought_;
}

int EasyPostServer::refunded() const {
    const std::lock_guard lock(mutex_);
    return refunded_;
}

int EasyPostServer::asked(const std::string& method, const std::string& path_end) const {
    const std::lock_guard lock(mutex_);
    return static_cast<int>(std::count_if(requests_.begin(), requests_.end(), [&](const auto& it) {
        return it.first == method && ends_with(it.second, path_end);
    }));
}

Json EasyPostServer::shipment(const std::string& id) const {
    const std::lock_guard lock(mutex_);
    for (const auto& it : shipments_) {
        if (it["id"] == id) {
            return it;
        }
    }
    throw std::out_of_range(id);
}

Json EasyPostServer::first_shipment() const { return shipment("shp_1"); }

std::string small_png() {
    constexpr unsigned char kWidth = 8;
    constexpr unsigned char kHeight = 12;
    const auto u32 = [](std::uint32_t value) {
        std::string bytes;
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes += static_cast<char>(value >> shift & 0xff);
        }
        return bytes;
    };
    const auto chunk = [&](const std::string& kind, const std::string& data) {
        const auto both = kind + data;
        const auto sum = ::crc32(0, reinterpret_cast<const Bytef*>(both.data()), static_cast<uInt>(both.size()));
        return u32(static_cast<std::uint32_t>(data.size())) + both + u32(static_cast<std::uint32_t>(sum));
    };
    std::string rows;
    for (int y = 0; y < kHeight; ++y) {
        rows += '\0';
        for (int x = 0; x < kWidth; ++x) {
            rows += static_cast<char>(x * 30);
        }
    }
    std::string packed(::compressBound(rows.size()), '\0');
    auto size = static_cast<uLongf>(packed.size());
    ::compress(reinterpret_cast<Bytef*>(packed.data()), &size, reinterpret_cast<const Bytef*>(rows.data()),
               rows.size());
    packed.resize(size);
    const std::string header = u32(kWidth) + u32(kHeight) + std::string("\x08\x00\x00\x00\x00", 5);
    return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", packed) + chunk("IEND", "");
}

}  // namespace orderd::tests
