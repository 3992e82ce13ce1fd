#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "catalog/csv_form.h"

namespace orderd::csv {

/// One record of a CSV file.
struct Record {
    std::int64_t line = 0;  ///< where it starts; the first is 1
    std::vector<std::string> fields;
    std::string fault;  ///< what is wrong with its quotes or its size; empty: nothing
};

/// Reads CSV as RFC 4180 defines it and as spreadsheets write it, one record at a time. Quoted fields may
/// contain separators, doubled quotes and line breaks; lines end in CRLF, LF or CR; a leading byte order mark
/// is allowed, a missing last line end too. Empty lines are skipped. Fields are bytes: the caller converts
/// them, or checks whether they are UTF-8.
///
/// A record with broken quotes has a `fault`, and reading resumes at the line after its start, so that one
/// forgotten quote does not swallow the rest of the file; after a hundred of them, it resumes where the quotes
/// broke. A record with more than 250 fields, or with a field of more than 256 KiB, has a fault too: no record
/// costs more memory than that, whatever the file contains.
class Reader {
public:
    /// Of commas between the fields. The text must outlive the reader.
    explicit Reader(std::string_view text);
    Reader(std::string_view text, const Form& form);

    /// @returns whether there was another record
    bool next(Record& record);

    std::size_t position() const { return at_; }  ///< bytes read so far, for a progress bar

private:
    std::string quoted_field(Record& record);
    std::string plain_field(Record& record);
    void append(std::string& field, std::string_view more, Record& record) const;
    void end_line();
    bool at_line_end() const;

    std::string_view text_;
    char separator_;
    std::string ends_field_;  ///< the separator, and what ends a line
    std::size_t at_;
    std::int64_t line_;
    int restarts_left_ = 100;  ///< each scans to the end of the file: bounded, so that a hostile file costs no more
};

/// Takes a piece of output. @returns whether the receiver wants more
using Send = std::function<bool(std::string_view piece)>;

/// How a file is written, for spreadsheets that read it differently.
struct Style {
    bool bom = false;      ///< begins with UTF-8's byte order mark, by which Excel knows letters beyond ASCII
    char separator = ',';  ///< ';' where a comma begins decimals: amounts are then written so
};

/// Writes records as RFC 4180 defines them, with CRLF, in pieces of about 64 KiB.
class Writer {
public:
    explicit Writer(Send send, Style style = {}) : send_(std::move(send)), style_(style) {
        buffer_ = style.bom ? kByteOrderMark : "";
    }

    /// Adds a field of free text, made safe for spreadsheets: see guarded().
    Writer& text(std::string_view field);
    /// Adds a field unchanged, for whole numbers and fixed words.
    Writer& raw(std::string_view field);
    /// Adds an amount in the style's decimals. With a comma before them, three get a 0 behind them: "1,234" could be
    /// read as thousands, "1,2340" could not.
    Writer& amount(Money amount, std::string_view currency);
    /// Ends the record. @returns whether the receiver wants more
    bool end_record();
    /// Sends what is left. @returns whether the receiver took everything
    bool finish();

private:
    Send send_;
    Style style_;
    std::string buffer_;
    bool at_start_ = true;
    bool wanted_ = true;
};

/// Sends the output of `write` to a file, or to `out` if the path is empty. A file is complete or not there
/// at all: a temporary file is renamed to it.
///
/// @throws std::runtime_error if it cannot be written
void save(const std::filesystem::path& file, std::ostream& out, const std::function<bool(const Send&)>& write);

/// A spreadsheet runs a field that starts with = + - @, a tab or CR as a formula. guarded() puts an
/// apostrophe before such a field, which spreadsheets do not show. It does the same to a field that starts
/// with apostrophes followed by one of these, so that unguarded() restores the exact text.
std::string guarded(std::string_view field);
std::string unguarded(std::string_view field);

}  // namespace orderd::csv
