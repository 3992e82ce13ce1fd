#pragma once

#include <httplib.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/json.h"

namespace orderd::tests {

/// EasyPost as its documentation has it, on this machine: shipments with rates, labels in PNG and ZPL, refunds,
/// trackers. It sells one label a shipment, and says SHIPMENT.POSTAGE.EXISTS to who asks for another. A shipment's
/// reference stands for its id, and may, as there, be given twice. Thread-safe.
class EasyPostServer {
public:
    /// `listens`: on a port of its own, and a thread; else whoever made it calls answer().
    explicit EasyPostServer(bool listens = true);
    ~EasyPostServer();

    /// As over HTTP.
    httplib::Response answer(httplib::Request request);

    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v2"; }

    /// What happens to a request.
    enum class Fault {
        down,     ///< 503, and nothing is done
        busy,     ///< 429, and nothing is done
        refused,  ///< 422 with a code, and nothing is done
        lost,     ///< done, and the connection ends without an answer
        slow,     ///< done, and the answer comes too late
        garbled,  ///< done, and the answer is not JSON
    };

    /// The next request of this method whose path ends so has a fault.
    void fail_next(const std::string& method, const std::string& path_end, Fault fault);

    /// Happens once, while the next label is being bought: it is sold, and nobody was told yet.
    void while_buying(std::function<void()> meanwhile);

    /// Of a shipment's id, or of a tracking number.
    void set_tracker(const std::string& id, const Json& details);
    void set_refund_status(const std::string& status);

    int made() const;      ///< shipments under a reference
    int bought() const;    ///< labels
    int refunded() const;  ///< requests for a refund that counted
    int asked(const std::string& method, const std::string& path_end) const;
    Json shipment(const std::string& id) const;
    Json first_shipment() const;

    static constexpr auto kKey = "EZTK-test";

private:
    using Handler = Json (EasyPostServer::*)(const httplib::Request&, httplib::Response&);

    struct Route {
        std::string method;
        std::string pattern;
        Handler handler;
    };
    static const std::vector<Route>& routes();
    void serve(const httplib::Request& request, httplib::Response& response, Handler handler);
    void listen();

    Json make(const httplib::Request& request, httplib::Response& response);
    Json buy(const httplib::Request& request, httplib::Response& response);
    Json refund(const httplib::Request& request, httplib::Response& response);
    Json rerate(const httplib::Request& request, httplib::Response& response);
    Json show(const httplib::Request& request, httplib::Response& response);
    Json track(const httplib::Request& request, httplib::Response& response);
    Json convert(const httplib::Request& request, httplib::Response& response);

    Json* find(const std::string& id_or_reference);
    std::string base() const { return "http://127.0.0.1:" + std::to_string(port_); }

    httplib::Server server_;
    int port_ = 0;
    std::thread thread_;

    // guarded by mutex_
    mutable std::mutex mutex_;
    std::condition_variable over_;
    bool ends_ = false;
    std::vector<Json> shipments_;
    std::map<std::string, Json> trackers_;
    std::vector<std::pair<std::pair<std::string, std::string>, Fault>> faults_;
    std::vector<std::pair<std::string, std::string>> requests_;
    std::string refund_status_ = "submitted";
    std::function<void()> while_buying_;
    int bought_ = 0;
    int refunded_ = 0;
};

/// A small grey picture.
std::string small_png();

}  // namespace orderd::tests
