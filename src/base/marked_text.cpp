#include "base/marked_text.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"

namespace orderd {

namespace {

struct Link {
    std::string_view text;
    std::string_view url;
    std::size_t size = 0;  ///< of the whole mark
};

bool leads_somewhere(std::string_view url) {
    constexpr std::array<std::string_view, 3> kBeginnings{"https://", "http://", "mailto:"};
    const bool begins = std::any_of(kBeginnings.begin(), kBeginnings.end(), [&](std::string_view beginning) {
        return url.starts_with(beginning) && url.size() > beginning.size();
    });
    return begins && std::none_of(url.begin(), url.end(), [](char c) {
               return static_cast<unsigned char>(c) <= ' ' || c == '"' || c == '<' || c == '>' || c == '\\' ||
                      c == 0x7f;
           });
}

/// The link that a text begins with.
std::optional<Link> link_at(std::string_view text) {
    if (!text.starts_with('[')) {
        return std::nullopt;
    }
    // No further than to the next mark, so that many brackets cost no more than their letters.
    text = text.substr(0, text.find('[', 1));
    const auto middle = text.find("](");
    const auto end = middle == std::string_view::npos ? middle : text.find(')', middle);
    if (end == std::string_view::npos) {
        return std::nullopt;
    }
    const Link link{text.substr(1, middle - 1), text.substr(middle + 2, end - middle - 2), end + 1};
    return !link.text.empty() && leads_somewhere(link.url) ? std::optional(link) : std::nullopt;
}

/// A line with `write(text)` for what is between links, and `link(Link)` for each of them.
template <class Write, class WriteLink>
void each_piece(std::string_view line, Write write, WriteLink write_link) {
    std::size_t from = 0;
    for (auto at = line.find('['); at != std::string_view::npos; at = line.find('[', at)) {
        if (const auto link = link_at(line.substr(at))) {
            write(line.substr(from, at - from));
            write_link(*link);
            at += link->size;
            from = at;
        } else {
            ++at;
        }
    }
    write(line.substr(from));
}

std::string line_html(std::string_view line) {
    std::string html;
    each_piece(
        line, [&](std::string_view text) { html += escape_html(text); },
        [&](const Link& link) {
            html += "<a href=\"" + escape_html(link.url) + "\" rel=\"noopener\">" + escape_html(link.text) + "</a>";
        });
    return html;
}

std::string line_plain(std::string_view line) {
    std::string plain;
    each_piece(
        line, [&](std::string_view text) { plain += text; },
        [&](const Link& link) {
            const auto shown = link.url.starts_with("mailto:") ? link.url.substr(7) : link.url;
            plain += link.text;
            if (link.text != shown) {
                plain += " (" + std::string(shown) + ")";
            }
        });
    return plain;
}

enum class Kind { empty, heading, subheading, item, text };

struct Line {
    Kind kind = Kind::empty;
    std::string_view text;
};

Line line_of(std::string_view line) {
    line = trimmed(line);
    struct Mark {
        std::string_view sign;
        Kind kind;
    };
    constexpr std::array kMarks{Mark{"# ", Kind::heading}, Mark{"## ", Kind::subheading}, Mark{"- ", Kind::item}};
    for (const auto& [sign, kind] : kMarks) {
        if (line.starts_with(sign)) {
            return {kind, trimmed(line.substr(sign.size()))};
        }
    }
    return {line.empty() ? Kind::empty : Kind::text, line};
}

template <class Each>
void each_line(std::string_view text, Each each) {
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        each(line_of(text.substr(0, end)));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

/// Lays lines out as blocks: a paragraph or a list goes on until a line of another kind comes.
class Blocks {
public:
    void add(const Line& line) {
        if (line.kind != open_) {
            close();
            open(line.kind);
        } else if (line.kind == Kind::text) {
            html_ += "<br>\n";
        }
        switch (line.kind) {
            case Kind::heading: html_ += "<h2>" + line_html(line.text) + "</h2>\n"; break;
            case Kind::subheading: html_ += "<h3>" + line_html(line.text) + "</h3>\n"; break;
            case Kind::item: html_ += "<li>" + line_html(line.text) + "</li>\n"; break;
            case Kind::text: html_ += line_html(line.text); break;
            case Kind::empty: break;
        }
    }

    std::string html() && {
        close();
        return std::move(html_);
    }

private:
    void open(Kind kind) {
        html_ += kind == Kind::text ? "<p>" : kind == Kind::item ? "<ul>\n" : "";
        open_ = kind;
    }

    void close() {
        html_ += open_ == Kind::text ? "</p>\n" : open_ == Kind::item ? "</ul>\n" : "";
        open_ = Kind::empty;
    }

    std::string html_;
    Kind open_ = Kind::empty;
};

}  // namespace

std::string marked_html(std::string_view text) {
    Blocks blocks;
    each_line(text, [&](const Line& line) { blocks.add(line); });
    return std::move(blocks).html();
}

std::string marked_plain(std::string_view text) {
    std::string plain;
    each_line(text,
              [&](const Line& line) { plain += (line.kind == Kind::item ? "- " : "") + line_plain(line.text) + "\n"; });
    return plain;
}

}  // namespace orderd
