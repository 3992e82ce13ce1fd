#include "catalog/csv.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include "base/budgets.h"

namespace orderd::csv {

namespace {

bool is_formula(std::string_view field) {
    const auto first = field.find_first_not_of('\'');
    return first != std::string_view::npos && std::string_view("=+-@\t\r").find(field[first]) != std::string_view::npos;
}

}  // namespace

Reader::Reader(std::string_view text)
    : Reader(text, Form{.begins_at = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0}) {}

Reader::Reader(std::string_view text, const Form& form)
    : text_(text),
      separator_(form.separator),
      ends_field_{form.separator, '\r', '\n'},
      at_(form.begins_at),
      line_(form.first_line) {}

bool Reader::next(Record& record) {
    while (at_ < text_.size() && at_line_end()) {
        end_line();
    }
    if (at_ == text_.size()) {
        return false;
    }
    record.line = line_;
    record.fields.clear();
    record.fault.clear();
    const auto start = at_;
    for (;;) {
        record.fields.push_back(at_ < text_.size() && text_[at_] == '"' ? quoted_field(record) : plain_field(record));
        if (record.fields.size() > budget::kCsvColumns) {
            record.fault = fmt::format("it has more than {} fields", budget::kCsvColumns);
        }
        if (!record.fault.empty()) {
            break;
        }
        if (at_ < text_.size() && text_[at_] == separator_) {
            ++at_;
            continue;
        }
        break;
    }
    if (!record.fault.empty()) {
        // Resumes at the line after the broken one; once that was done often, where it broke.
        if (restarts_left_ > 0) {
            --restarts_left_;
            at_ = start;
            line_ = record.line;
        }
        at_ = std::min(text_.find_first_of("\r\n", at_), text_.size());
    }
    if (at_ < text_.size()) {
        end_line();
    }
    return true;
}

bool Reader::at_line_end() const { return text_[at_] == '\r' || text_[at_] == '\n'; }

void Reader::end_line() {
    at_ += text_.substr(at_).starts_with("\r\n") ? 2 : 1;
    ++line_;
}

void Reader::append(std::string& field, std::string_view more, Record& record) const {
    if (field.size() + more.size() > budget::kCsvField) {
        record.fault = fmt::format("it has a field of more than {} KiB", budget::kCsvField / 1024);
    } else {
        field += more;
    }
}

std::string Reader::plain_field(Record& record) {
    const auto end = std::min(text_.find_first_of(ends_field_, at_), text_.size());
    std::string field;
    append(field, text_.substr(at_, end - at_), record);
    at_ = end;
    return field;
}

std::string Reader::quoted_field(Record& record) {
    std::string field;
    ++at_;
    while (record.fault.empty()) {
        const auto end = text_.find_first_of("\"\r\n", at_);
        if (end == std::string_view::npos) {
            record.fault = "a quote is opened and never closed";
            at_ = text_.size();
            return field;
        }
        append(field, text_.substr(at_, end - at_), record);
        at_ = end;
        if (text_[at_] != '"') {
            const auto before = at_;
            end_line();
            append(field, text_.substr(before, at_ - before), record);
        } else if (text_.substr(at_).starts_with("\"\"")) {
            field += '"';
            at_ += 2;
        } else {
            ++at_;
            break;
        }
    }
    if (record.fault.empty() && at_ < text_.size() && text_[at_] != separator_ && !at_line_end()) {
        field += plain_field(record);
        record.fault = "a closing quote is followed by more text";
    }
    return field;
}

Writer& Writer::text(std::string_view field) { return raw(guarded(field)); }

Writer& Writer::raw(std::string_view field) {
    if (!at_start_) {
        buffer_ += style_.separator;
    }
    at_start_ = false;
    if (field.find(style_.separator) == std::string_view::npos &&
        field.find_first_of("\"\r\n") == std::string_view::npos) {
        buffer_ += field;
        return *this;
    }
    buffer_ += '"';
    for (const char c : field) {
        buffer_.append(c == '"' ? 2 : 1, c);
    }
    buffer_ += '"';
    return *this;
}

Writer& Writer::amount(Money amount, std::string_view currency) {
    auto text = decimal_money(amount, currency);
    const auto point = text.find('.');
    if (style_.separator == ';' && point != std::string::npos) {
        text[point] = ',';
        text += text.size() - point == 4 ? "0" : "";
    }
    return raw(text);
}

bool Writer::end_record() {
    constexpr std::size_t kPiece = 64 * 1024;
    buffer_ += "\r\n";
    at_start_ = true;
    return buffer_.size() < kPiece ? wanted_ : finish();
}

bool Writer::finish() {
    if (wanted_ && !buffer_.empty()) {
        wanted_ = send_(buffer_);
    }
    buffer_.clear();
    return wanted_;
}

std::string guarded(std::string_view field) {
    return is_formula(field) ? '\'' + std::string(field) : std::string(field);
}

std::string unguarded(std::string_view field) {
    return std::string(field.starts_with('\'') && is_formula(field) ? field.substr(1) : field);
}

void save(const std::filesystem::path& file, std::ostream& out, const std::function<bool(const Send&)>& write) {
    const auto to = [](std::ostream& stream) -> Send {
        return [&stream](std::string_view piece) {
            return static_cast<bool>(stream.write(piece.data(), static_cast<std::streamsize>(piece.size())));
        };
    };
    if (file.empty()) {
        if (!write(to(out)) || !out.flush()) {
            throw std::runtime_error("the output cannot be written");
        }
        return;
    }
    auto beside = file;
    beside += ".part";
    std::ofstream draft(beside, std::ios::binary | std::ios::trunc);
    const bool whole = write(to(draft));
    draft.close();
    std::error_code error;
    if (whole && draft) {
        std::filesystem::rename(beside, file, error);
        if (!error) {
            return;
        }
    }
    std::filesystem::remove(beside, error);
    throw std::runtime_error(fmt::format("{} cannot be written", file.string()));
}

}  // namespace orderd::csv
