#include "storage/actor_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace orderd {

Actor actor_of(std::string_view text) {
    constexpr std::array kKinds{Actor::Kind::system,  Actor::Kind::command_line, Actor::Kind::admin,
                                Actor::Kind::api_key, Actor::Kind::customer,     Actor::Kind::guest,
                                Actor::Kind::outside};
    const auto cut = [&text] {
        const auto colon = text.find(':');
        const auto piece = text.substr(0, colon);
        text = colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
        return piece;
    };
    const auto kind_text = cut();
    const auto* kind =
        std::find_if(kKinds.begin(), kKinds.end(), [&](Actor::Kind it) { return to_text(it) == kind_text; });
    if (kind == kKinds.end() || *kind == Actor::Kind::command_line) {
        return kind == kKinds.end() ? Actor::system() : Actor::command_line();
    }
    Actor actor{.kind = *kind, .id = 0, .name = {}, .address = {}};
    const auto whole = text;
    if (const auto id = parse_integer(cut())) {
        actor.id = *id;
        actor.name = text;
    } else {
        actor.name = whole;
    }
    return actor;
}

}  // namespace orderd
