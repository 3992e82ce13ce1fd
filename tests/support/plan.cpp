#include "support/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <optional>
#include <regex>

namespace orderd::tests {

namespace {

/// Rows that are sorted for one answer: those of a page with what belongs to
/// each.
constexpr double kMostSorted = 2000;

/// Entries of an index with a condition, which has the few rows that somebody
/// is to look at.
constexpr double kMostWalked = 20'000;

/// Values of a list that a statement is given, as JSON or by another SELECT: as
/// many as a page has rows.
constexpr double kListed = 200;

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// Where `word` stands in a text as a word; npos: nowhere.
std::size_t find_word(std::string_view text, std::string_view word, std::size_t from = 0) {
    for (auto at = text.find(word, from); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) {
            return at;
        }
    }
    return std::string_view::npos;
}

/// The words of a SELECT around a place, without those of the SELECTs inside
/// it; "EXISTS " stands before what it asks.
std::string select_around(std::string_view sql, std::size_t place) {
    std::size_t begin = place;
    for (int depth = 0; begin > 0; --begin) {
        depth += sql[begin - 1] == ')' ? 1 : sql[begin - 1] == '(' ? -1 : 0;
        if (depth < 0) {
            break;
        }
    }
    std::string words;
    std::size_t before = begin > 1 ? begin - 1 : 0;
    while (before > 0 && std::isspace(static_cast<unsigned char>(sql[before - 1])) != 0) {
        --before;
    }
    if (sql.substr(0, before).ends_with("EXISTS")) {
        words = "EXISTS ";
    }
    int depth = 0;
    for (auto at = begin; at < sql.size() && depth >= 0; ++at) {
        depth += sql[at] == '(' ? 1 : 0;
        if (depth == 0) {
            words += sql[at];
        }
        depth -= sql[at] == ')' ? 1 : 0;
    }
    return words;
}

/// The table that a plan's name means in a statement, and where it is named
/// there.
struct Source {
    std::string table;
    std::size_t place;
};

std::optional<Source> source_of(std::string_view sql, const std::string& name, const Statistics& statistics) {
    if (statistics.knows(name)) {
        auto place = std::string_view::npos;
        for (const auto* before : {"FROM ", "JOIN "}) {
            place = std::min(place, find_word(sql, before + name));
        }
        if (place == std::string_view::npos) {
            place = std::min(find_word(sql, name), sql.size() - 1);
        }
        return Source{name, place};
    }
    static const std::regex named_again(R"((\w+)\s+(?:AS\s+)?(\w+))");
    const std::string text(sql);
    for (std::size_t at = find_word(text, name); at != std::string::npos; at = find_word(text, name, at + 1)) {
        auto end = at;
        const auto skip_blanks = [&] {
            while (end > 0 && std::isspace(static_cast<unsigned char>(text[end - 1])) != 0) {
                --end;
            }
        };
        const auto word_before = [&] {
            skip_blanks();
            const auto last = end;
            while (end > 0 && is_letter(text[end - 1])) {
                --end;
            }
            return text.substr(end, last - end);
        };
        auto word = word_before();
        if (word == "AS") {
            word = word_before();
        }
        if (statistics.knows(word)) {
            return Source{word, end};
        }
    }
    return std::nullopt;
}

/// "SCAN orders USING …" taken apart.
struct Loop {
    bool searches;
    std::string name;
    std::string how;  ///< after the name
};

std::optional<Loop> loop_of(const std::string& detail) {
    const bool searches = detail.starts_with("SEARCH ");
    if (!searches && !detail.starts_with("SCAN ")) {
        return std::nullopt;
    }
    const auto begin = detail.find(' ') + 1;
    const auto end = std::min(detail.find(' ', begin), detail.size());
    return Loop{searches, detail.substr(begin, end - begin), detail.substr(end)};
}

/// The index that a loop goes by; empty: it goes by the table.
std::string index_of(const Loop& loop) {
    static const std::regex by_index(R"(.*\bINDEX (\w+).*)");
    std::smatch match;
    return std::regex_match(loop.how, match, by_index) ? match.str(1) : "";
}

bool reads_whole_table(const Loop& loop, const Statistics& statistics) {
    if (loop.searches && loop.how.find('(') != std::string::npos) {
        return loop.how.find("AUTOMATIC") != std::string::npos;
    }
    const auto index = index_of(loop);
    if (statistics.is_partial(index) && statistics.found(index, 0) <= kMostWalked) {
        return false;
    }
    static const std::regex asked(R"( VIRTUAL TABLE INDEX \d+:.+)");
    return !std::regex_match(loop.how, asked);
}

/// Whether it goes through a span of a table's rows, though the statement names those that it wants.
bool passes_named_rows(std::string_view sql, const Loop& loop) {
    static const std::regex span(R"(.*INTEGER PRIMARY KEY \(rowid[<>].*)");
    const std::regex names_them(R"((^|\W))" + loop.name + R"(\.id IN \(\d)");
    return std::regex_match(loop.how, span) && std::regex_search(sql.begin(), sql.end(), names_them);
}

/// Each row that is read counts, until there are enough: nothing is passed
/// over. `first_only`: it is a min() or max().
bool ends_soon(std::string_view sql, const Source& source, bool first_only) {
    const auto words = select_around(sql, source.place);
    const bool ends = first_only || find_word(words, "LIMIT") != std::string::npos || words.starts_with("EXISTS ");
    return ends && find_word(words, "WHERE") == std::string::npos && find_word(words, "JOIN") == std::string::npos;
}

/// Lists of products go through the catalogue until they have a page. It is as
/// long as what the shop sells; and strangers' lists of it are few at once,
/// with a deadline (base/budgets.h).
bool lists_catalogue(std::string_view sql, const std::vector<PlanStep>& plan, const Statistics& statistics) {
    const bool only_catalogue = std::all_of(plan.begin(), plan.end(), [&](const PlanStep& step) {
        const auto loop = loop_of(step.detail);
        const auto source = loop ? source_of(sql, loop->name, statistics) : std::nullopt;
        return !source || statistics.is_catalogue(source->table);
    });
    return only_catalogue && sql.starts_with("SELECT") &&
           find_word(select_around(sql, sql.size()), "LIMIT") != std::string::npos;
}

class Estimate {
public:
    Estimate(std::string_view sql, const std::vector<PlanStep>& plan, const Statistics& statistics)
        : sql_(sql), plan_(plan), statistics_(statistics) {}

    /// Rows of the SELECT whose steps stand under a parent.
    double rows_under(int parent) const {
        double rows = 1;
        bool lists = false;  // of several, the shortest counts
        for (const auto& step : plan_) {
            if (step.parent == parent) {
                rows *= rows_of(step);
                lists = lists || step.detail.starts_with("LIST SUBQUERY") || step.detail.starts_with("REUSE LIST");
            }
        }
        return rows * (lists ? kListed : 1);
    }

private:
    double rows_of(const PlanStep& step) const {
        const auto loop = loop_of(step.detail);
        if (!loop) {
            return step.detail.starts_with("MULTI-INDEX OR") ? rows_of_either(step.id) : 1;
        }
        const auto source = source_of(sql_, loop->name, statistics_);
        if (!source) {
            return rows_of_subquery(loop->name);
        }
        if (!loop->searches) {
            const auto index = index_of(*loop);
            return statistics_.is_partial(index) ? statistics_.found(index, 0) : statistics_.rows(source->table);
        }
        return found_by(*loop, source->table);
    }

    double rows_of_either(int parent) const {
        double rows = 0;
        for (const auto& step : plan_) {
            if (step.parent == parent) {
                rows += rows_under(step.id);
            }
        }
        return rows;
    }

    double rows_of_subquery(const std::string& name) const {
        if (all_subqueries_end()) {
            return kListed;
        }
        for (const auto& step : plan_) {
            if (step.detail == "CO-ROUTINE " + name || step.detail == "MATERIALIZE " + name) {
                return rows_under(step.id);
            }
        }
        return kListed;
    }

    double found_by(const Loop& loop, const std::string& table) const {
        if (loop.how.find('(') == std::string::npos) {
            return 1;  // the first or the last row: min(), max()
        }
        std::size_t equal = 0;
        for (auto at = loop.how.find("=?"); at != std::string::npos; at = loop.how.find("=?", at + 1)) {
            ++equal;
        }
        if (equal == 0) {
            return statistics_.rows(table);
        }
        const auto index = index_of(loop);
        return index.empty() ? 1 : statistics_.found(index, equal);
    }

    /// Whether each SELECT that another one reads from has a LIMIT.
    bool all_subqueries_end() const {
        static const std::regex from_select(R"((FROM|JOIN)\s*\(\s*SELECT\b)");
        const std::string text(sql_);
        bool all = false;
        for (auto it = std::sregex_iterator(text.begin(), text.end(), from_select); it != std::sregex_iterator();
             ++it) {
            const auto inside = static_cast<std::size_t>(it->position() + it->length());
            all = find_word(select_around(sql_, inside), "LIMIT") != std::string::npos;
            if (!all) {
                return false;
            }
        }
        return all;
    }

    std::string_view sql_;
    const std::vector<PlanStep>& plan_;
    const Statistics& statistics_;
};

void add_once(std::vector<std::string>& faults, std::string fault) {
    if (std::find(faults.begin(), faults.end(), fault) == faults.end()) {
        faults.push_back(std::move(fault));
    }
}

}  // namespace

std::vector<PlanStep> plan_of(SQLite::Database& database, std::string_view sql) {
    std::vector<PlanStep> plan;
    SQLite::Statement explained(database, fmt::format("EXPLAIN QUERY PLAN {}", sql));
    while (explained.executeStep()) {
        plan.push_back(
            {explained.getColumn(0).getInt(), explained.getColumn(1).getInt(), explained.getColumn(3).getString()});
    }
    return plan;
}

std::string printed(const std::vector<PlanStep>& plan) {
    std::string text;
    for (const auto& step : plan) {
        int depth = 1;
        for (auto parent = step.parent; parent != 0; ++depth) {
            const auto above =
                std::find_if(plan.begin(), plan.end(), [&](const PlanStep& one) { return one.id == parent; });
            parent = above == plan.end() ? 0 : above->parent;
        }
        text += fmt::format("{:>{}}{}\n", "", 2 * depth, step.detail);
    }
    return text;
}

std::vector<std::string> faults_of(std::string_view sql, const std::vector<PlanStep>& plan,
                                   const Statistics& statistics) {
    std::vector<std::string> faults;
    if (lists_catalogue(sql, plan, statistics)) {
        return faults;
    }
    const Estimate estimate(sql, plan, statistics);
    for (const auto& step : plan) {
        if (const auto loop = loop_of(step.detail)) {
            const auto source = source_of(sql, loop->name, statistics);
            if (source && statistics.grows(source->table) && reads_whole_table(*loop, statistics) &&
                !ends_soon(sql, *source, loop->searches)) {
                add_once(faults, fmt::format("reads all of {}", source->table));
            }
            if (source && passes_named_rows(sql, *loop)) {
                add_once(faults, fmt::format("passes rows of {} that it does not name", source->table));
            }
        } else if (step.detail.find("TEMP B-TREE") != std::string::npos) {
            const bool is_around_its_rows =
                std::any_of(plan.begin(), plan.end(), [&](const PlanStep& below) { return below.parent == step.id; });
            const auto rows = estimate.rows_under(is_around_its_rows ? step.id : step.parent);
            if (rows > kMostSorted) {
                add_once(faults, fmt::format("sorts {:.0f} rows", rows));
            }
        }
    }
    return faults;
}

}  // namespace orderd::tests
