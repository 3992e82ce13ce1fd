#include "wire/chunks.h"

#include <algorithm>

#include "base/text.h"

namespace orderd::wire {
namespace {

constexpr int kMaxDigits = 8;                // 4 GiB: each route's own limit is far lower
constexpr std::size_t kMaxAside = 4 * 1024;  // bytes of extensions and trailers in one body

}  // namespace

std::size_t Chunks::take(std::string_view bytes, std::string& body) {
    std::size_t at = 0;
    while (at < bytes.size() && state_ == State::more) {
        if (part_ == Part::data) {
            const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - at));
            body.append(bytes.substr(at, size));
            at += size;
            left_ -= size;
            part_ = left_ == 0 ? Part::data_end : Part::data;
        } else {
            step(bytes[at++]);
        }
    }
    return state_ == State::broken ? 0 : at;
}

void Chunks::step(char c) {
    const auto expect = [&](char wanted, Part next) {
        part_ = next;
        if (c != wanted) {
            state_ = State::broken;
        }
    };
    const bool plain = static_cast<unsigned char>(c) >= 0x20 || c == '\t';
    switch (part_) {
        case Part::size:
            if (const int digit = hex_digit(c); digit >= 0 && ++digits_ <= kMaxDigits) {
                left_ = left_ * 16 + static_cast<std::uint64_t>(digit);
            } else if (digits_ == 0 || digit >= 0 || (c != '\r' && c != ';')) {
                state_ = State::broken;
            } else {
                part_ = c == '\r' ? Part::size_end : Part::extension;
            }
            return;
        case Part::extension:
            if (c == '\r') {
                part_ = Part::size_end;
            } else if (!plain || ++aside_ > kMaxAside) {
                state_ = State::broken;
            }
            return;
        case Part::size_end:
            expect('\n', left_ == 0 ? Part::trailer : Part::data);
            digits_ = 0;
            line_empty_ = true;
            return;
        case Part::data_end: return expect('\r', Part::data_line_end);
        case Part::data_line_end: return expect('\n', Part::size);
        case Part::trailer:
            if (c == '\r') {
                part_ = line_empty_ ? Part::end : Part::trailer_end;
            } else if (!plain || ++aside_ > kMaxAside) {
                state_ = State::broken;
            }
            line_empty_ = false;
            return;
        case Part::trailer_end:
            expect('\n', Part::trailer);
            line_empty_ = true;
            return;
        case Part::end: state_ = c == '\n' ? State::whole : State::broken; return;
        case Part::data: return;  // never happens: take() copies data
    }
}

}  // namespace orderd::wire
