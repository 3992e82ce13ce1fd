#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fulfillment/carrier.h"
#include "outgoing/client.h"

namespace orderd::fulfillment {

/// EasyPost (https://docs.easypost.com): labels and trackers of a hundred carriers through one API, version 2.
///
/// Buying can be repeated safely after a crash at any point, and after any lost answer. A shipment is created
/// at EasyPost under a reference that is derived from its content, and looked up by it first. Its id is
/// stored, once for all workers, before a label is bought under it. EasyPost sells only one label per
/// shipment, and a shipment that already has one is used as it is.
class EasyPost final : public Carrier {
public:
    static constexpr std::string_view kName = "easypost";

    /// The moments of buying at which the process may die without a second label being bought.
    enum class Moment { before_making, after_making, before_buying, after_buying, before_fetching };

    struct Options {
        std::string url = "https://api.easypost.com/v2";
        std::chrono::milliseconds answer_within{30'000};
        std::function<std::optional<std::string>()> key;  ///< the API key, if it is set
    };

    std::function<void(Moment)> at_moment = {};  ///< for tests that end the process there

    EasyPost(outgoing::Client& outgoing, Options options) : outgoing_(outgoing), options_(std::move(options)) {}

    std::string_view name() const override { return kName; }
    bool at_once() const override { return false; }
    bool needs_weight() const override { return true; }
    bool declares_customs() const override { return true; }
    bool is_ready() const override { return options_.key().has_value(); }
    std::vector<Rate> rates(const Consignment& consignment) override;
    Label buy(const Consignment& consignment, const Remember& remember) override;
    void give_back(const std::string& reference) override;
    std::vector<TrackingEvent> follow(const Shipment& shipment) override;

private:
    struct Reply;

    Reply ask(const std::string& method, const std::string& path, const Json& body = nullptr);
    Json get(const std::string& id);
    std::optional<Json> find(const std::string& id_or_reference);
    Json make(Json json, const std::string& reference);
    Json with_new_rates(Json shipment);
    Json made(const Consignment& consignment, const Remember& remember);
    Json bought(Json shipment, const Consignment& consignment);
    std::string download(const Json& label, const char* member);
    void reached(Moment moment) const;

    outgoing::Client& outgoing_;
    const Options options_;
};

/// Whether EasyPost signed a webhook's body with the secret that its webhook was created with: `signature` is
/// the header X-Hmac-Signature, "hmac-sha256-hex=" and the HMAC-SHA256 of the body. The secret is used in
/// Unicode's NFKD, as EasyPost's own libraries do.
bool signed_by_easypost(std::string_view body, std::string_view signature, std::string_view secret);

}  // namespace orderd::fulfillment
