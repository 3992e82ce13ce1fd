#include "base/time_zone.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <limits>
#include <map>

#include "base/gzip.h"
#include "base/mutex.h"
#include "base/zone_data.h"

namespace orderd {

namespace {

constexpr auto kSystemZones = "/usr/share/zoneinfo";
constexpr std::size_t kMostKept = 32;  ///< a shop has one; a few while it tries them
constexpr std::size_t kMostName = 64;

constexpr Time kBeginning{std::numeric_limits<std::int64_t>::min() / 4};
constexpr Time kEnd{std::numeric_limits<std::int64_t>::max() / 4};
constexpr std::int64_t kMostSeconds = kEnd.ms / 1000;

// RFC 8536, section 3.2: offsets that readers must take.
constexpr std::int64_t kLeastAhead = -89'999;
constexpr std::int64_t kMostAhead = 93'599;

/// Takes numbers and pieces off the front of a file.
class Bytes {
public:
    explicit Bytes(std::string_view bytes) : rest_(bytes) {}

    std::string_view take(std::size_t count) {
        if (count > rest_.size()) {
            throw BadTimeZone("it ends too early");
        }
        const auto piece = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return piece;
    }

    std::uint8_t byte() { return static_cast<std::uint8_t>(take(1).front()); }

    std::uint64_t number(std::size_t bytes) {
        std::uint64_t value = 0;
        for (const char c : take(bytes)) {
            value = value << 8U | static_cast<std::uint8_t>(c);
        }
        return value;
    }

    std::string_view rest() const { return rest_; }

private:
    std::string_view rest_;
};

struct Header {
    std::size_t universal;
    std::size_t standard;
    std::size_t leaps;
    std::size_t changes;
    std::size_t clocks;
    std::size_t letters;
};

std::size_t take_count(Bytes& bytes, std::size_t most, std::string_view of) {
    const auto count = static_cast<std::size_t>(bytes.number(4));
    if (count > most) {
        throw BadTimeZone(fmt::format("it has {} {}; {} are allowed", count, of, most));
    }
    return count;
}

Header take_header(Bytes& bytes) {
    if (bytes.take(4) != "TZif") {
        throw BadTimeZone("it does not begin like a time zone's file");
    }
    if (bytes.byte() < '2') {
        throw BadTimeZone("it is of version 1, which ends in 2037");
    }
    bytes.take(15);  // reserved
    Header header{};
    header.universal = take_count(bytes, TimeZone::kMostClocks, "marks");
    header.standard = take_count(bytes, TimeZone::kMostClocks, "marks");
    header.leaps = take_count(bytes, TimeZone::kMostChanges, "leap seconds");
    header.changes = take_count(bytes, TimeZone::kMostChanges, "changes");
    header.clocks = take_count(bytes, TimeZone::kMostClocks, "kinds of time");
    header.letters = take_count(bytes, TimeZone::kMostLetters, "letters");
    return header;
}

/// Leaves out the table of 32-bit times, which is for older readers.
void skip_table(Bytes& bytes, const Header& header) {
    bytes.take(header.changes * 5 + header.clocks * 6 + header.letters + header.leaps * 8 + header.standard +
               header.universal);
}

std::vector<Time> take_times(Bytes& bytes, std::size_t count) {
    std::vector<Time> times;
    for (std::size_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::int64_t>(bytes.number(8));
        // Before the Big Bang, some writers say: all times that far away are the beginning.
        const Time time{at < -kMostSeconds ? kBeginning.ms : at > kMostSeconds ? kEnd.ms : at * 1000};
        if (!times.empty() && time <= times.back()) {
            throw BadTimeZone("its changes are not in order");
        }
        times.push_back(time);
    }
    return times;
}

struct RawClock {
    std::int64_t ahead;
    std::size_t letters;
};

std::vector<RawClock> take_clocks(Bytes& bytes, const Header& header) {
    std::vector<RawClock> clocks;
    for (std::size_t i = 0; i < header.clocks; ++i) {
        const auto ahead = static_cast<std::int32_t>(static_cast<std::uint32_t>(bytes.number(4)));
        const auto summer = bytes.byte();
        const std::size_t letters = bytes.byte();
        if (ahead < kLeastAhead || ahead > kMostAhead || summer > 1 || letters >= header.letters) {
            throw BadTimeZone(fmt::format("its kind of time {} makes no sense", i));
        }
        clocks.push_back({ahead, letters});
    }
    return clocks;
}

std::vector<ZoneClock> named_clocks(const std::vector<RawClock>& raw, std::string_view letters) {
    std::vector<ZoneClock> clocks;
    for (const auto& each : raw) {
        const auto end = letters.find('\0', each.letters);
        if (end == std::string_view::npos) {
            throw BadTimeZone("its letters have no end");
        }
        clocks.push_back({seconds(each.ahead), std::string(letters.substr(each.letters, end - each.letters))});
    }
    return clocks;
}

/// The rule between two line ends, which is the last part of the file. Nullopt: the last change holds for good.
std::optional<ZoneRule> rule_of(std::string_view footer) {
    if (footer.size() < 2 || footer.front() != '\n' || footer.back() != '\n') {
        throw BadTimeZone("its rule for later years is missing");
    }
    const auto text = footer.substr(1, footer.size() - 2);
    auto rule = ZoneRule::parse(text);
    if (!text.empty() && !rule) {
        throw BadTimeZone(fmt::format("its rule for later years, of {} characters, is not one", text.size()));
    }
    return rule;
}

/// Whether the database could have a zone of this name. Nothing else may become a file's path.
bool is_zone_name(std::string_view name) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '+' || c == '/';
    };
    // Other folders and names of the system, which are no places.
    constexpr std::array kNoZones{"posix/", "right/", "posixrules", "localtime", "Factory"};
    return !name.empty() && name.size() <= kMostName && name.front() != '/' &&
           std::all_of(name.begin(), name.end(), fits) &&
           std::none_of(kNoZones.begin(), kNoZones.end(), [&](std::string_view no) { return name.starts_with(no); });
}

std::string read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes(TimeZone::kMostBytes + 1, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return bytes;
}

std::shared_ptr<const TimeZone> built_in(std::string_view name) {
    const auto data = embedded::time_zone(name);
    if (data.size == 0) {
        return nullptr;
    }
    return std::make_shared<const TimeZone>(TimeZone::parse(std::string(name), inflated(data)));
}

/// The zones that were found so far. Thread-safe.
class KeptZones {
public:
    std::shared_ptr<const TimeZone> find(std::string_view name) {
        const MutexLock lock(mutex_);
        const auto found = zones_.find(name);
        return found == zones_.end() ? nullptr : found->second;
    }

    void keep(const std::shared_ptr<const TimeZone>& zone) {
        const MutexLock lock(mutex_);
        if (zones_.size() >= kMostKept) {
            zones_.clear();
        }
        zones_.emplace(zone->name(), zone);
    }

private:
    Mutex mutex_;
    std::map<std::string, std::shared_ptr<const TimeZone>, std::less<>> zones_ GUARDED_BY(mutex_);
};

}  // namespace

std::string to_text(Day day) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day.number))};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                       static_cast<unsigned>(date.day()));
}

std::optional<Day> parse_day(std::string_view text) {
    constexpr std::size_t kLength = 10;
    const auto time = text.size() == kLength ? parse_time(text) : std::nullopt;
    return time ? std::optional(Day{time->ms / days(1).ms}) : std::nullopt;
}

const TimeZone& TimeZone::utc() {
    static const TimeZone zone("UTC", {.ahead = {}, .letters = "UTC"});
    return zone;
}

TimeZone TimeZone::parse(std::string name, std::string_view tzif) {
    if (tzif.size() > TimeZone::kMostBytes) {
        throw BadTimeZone(fmt::format("it has more than {} bytes", TimeZone::kMostBytes));
    }
    Bytes bytes(tzif);
    skip_table(bytes, take_header(bytes));
    const auto header = take_header(bytes);
    if (header.clocks == 0 || header.letters == 0) {
        throw BadTimeZone("it has no kind of time");
    }
    if (header.leaps != 0) {
        throw BadTimeZone("it counts leap seconds");
    }
    if ((header.standard != 0 && header.standard != header.clocks) ||
        (header.universal != 0 && header.universal != header.clocks)) {
        throw BadTimeZone("its marks are not one for each kind of time");
    }
    const auto times = take_times(bytes, header.changes);
    const auto indexes = bytes.take(header.changes);
    const auto raw = take_clocks(bytes, header);
    const auto clocks = named_clocks(raw, bytes.take(header.letters));
    bytes.take(header.standard + header.universal);  // how the table was written down
    TimeZone zone(std::move(name), clocks.front());
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto index = static_cast<std::uint8_t>(indexes[i]);
        if (index >= clocks.size()) {
            throw BadTimeZone(fmt::format("its change {} is to a kind of time that is not there", i));
        }
        zone.changes_.push_back({times[i], clocks[index]});
    }
    zone.rule_ = rule_of(bytes.rest());
    return zone;
}

TimeZone::Period TimeZone::at(Time moment) const {
    const auto next = std::upper_bound(changes_.begin(), changes_.end(), moment,
                                       [](Time at, const Change& change) { return at < change.at; });
    if (next == changes_.end() && rule_) {
        return by_rule(moment);
    }
    const auto& clock = next == changes_.begin() ? first_ : std::prev(next)->clock;
    return {.begin = next == changes_.begin() ? kBeginning : std::prev(next)->at,
            .end = next == changes_.end() ? kEnd : next->at,
            .ahead = clock.ahead,
            .letters = clock.letters};
}

TimeZone::Period TimeZone::by_rule(Time moment) const {
    const auto from = changes_.empty() ? kBeginning : changes_.back().at;
    const auto changes = rule_->changes_around(moment);
    const auto next = std::upper_bound(changes.begin(), changes.end(), moment,
                                       [](Time at, const ZoneRule::Change& change) { return at < change.at; });
    if (next == changes.begin() || next == changes.end()) {  // clocks never change
        return {.begin = from, .end = kEnd, .ahead = rule_->standard().ahead, .letters = rule_->standard().letters};
    }
    const auto& now = *std::prev(next);
    return {.begin = std::max(from, now.at), .end = next->at, .ahead = now.clock->ahead, .letters = now.clock->letters};
}

std::vector<TimeZone::Period> TimeZone::periods(Time from, Time to) const {
    std::vector<Period> found;
    for (auto moment = from; moment < to;) {
        auto period = at(moment);
        period.begin = moment;
        period.end = std::min(period.end, to);
        moment = period.end;
        found.push_back(period);
    }
    return found;
}

Day TimeZone::day_of(Time moment) const {
    const auto local = moment.ms + at(moment).ahead.ms;
    const auto day = days(1).ms;
    return {local / day - (local % day < 0 ? 1 : 0)};
}

Time TimeZone::start_of(Day day) const {
    const Time midnight{days(day.number).ms};  // as UTC has it
    constexpr Duration kMostDifference = hours(27);
    for (auto moment = midnight - kMostDifference;;) {
        const auto period = at(moment);
        const auto start = std::max(moment, midnight - period.ahead);
        if (start < period.end) {
            return start;
        }
        moment = period.end;
    }
}

std::shared_ptr<const TimeZone> read_time_zone(std::string_view name, const std::filesystem::path& folder) {
    if (!is_zone_name(name)) {
        return nullptr;
    }
    try {
        const auto path = folder / name;
        if (std::error_code error; std::filesystem::is_regular_file(path, error)) {
            return std::make_shared<const TimeZone>(TimeZone::parse(std::string(name), read_file(path)));
        }
    } catch (const BadTimeZone&) {  // the executable's own data is sound
    }
    return built_in(name);
}

std::shared_ptr<const TimeZone> find_time_zone(std::string_view name) {
    static KeptZones kept;
    auto zone = kept.find(name);
    if (!zone) {
        zone = read_time_zone(name, kSystemZones);
        if (zone) {
            kept.keep(zone);
        }
    }
    return zone;
}

}  // namespace orderd
