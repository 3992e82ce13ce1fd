#include "catalog/html_text.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

#include "base/text.h"

namespace orderd::catalog {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// Collects text, and remembers whether a space or a line break is due before the next piece.
class Layout {
public:
    /// Adds text in which a run of white space counts as one space.
    void flow(std::string_view text) {
        for (const char c : text) {
            if (is_space(c)) {
                space_ = true;
            } else {
                separate();
                out_ += c;
            }
        }
    }

    /// Adds text whose white space is kept.
    void verbatim(std::string_view text) {
        separate();
        out_ += text;
    }

    void at_least_lines(int lines) { lines_ = std::max(lines_, lines); }
    void line_break() { ++lines_; }
    void item_begins() { marker_ = true; }
    void item_ends() { marker_ = false; }

    std::string text() && { return std::string(trimmed(out_)); }

private:
    void separate() {
        constexpr int kMostLines = 2;
        if (out_.empty()) {
            // The first text needs no separator.
        } else if (lines_ > 0) {
            out_.append(static_cast<std::size_t>(std::min(lines_, kMostLines)), '\n');
        } else if (space_) {
            out_ += ' ';
        }
        if (marker_) {
            out_ += "- ";
        }
        lines_ = 0;
        space_ = false;
        marker_ = false;
    }

    std::string out_;
    int lines_ = 0;
    bool space_ = false;
    bool marker_ = false;
};

enum class Kind { inline_text, line, paragraph, item, pre, line_break, skipped };

Kind kind_of(GumboTag tag) {
    switch (tag) {
        case GUMBO_TAG_SCRIPT:
        case GUMBO_TAG_STYLE:
        case GUMBO_TAG_HEAD:
        case GUMBO_TAG_TEMPLATE:
        case GUMBO_TAG_NOSCRIPT:
        case GUMBO_TAG_IFRAME: return Kind::skipped;
        case GUMBO_TAG_BR: return Kind::line_break;
        case GUMBO_TAG_PRE: return Kind::pre;
        case GUMBO_TAG_LI: return Kind::item;
        case GUMBO_TAG_P:
        case GUMBO_TAG_UL:
        case GUMBO_TAG_OL:
        case GUMBO_TAG_TABLE:
        case GUMBO_TAG_BLOCKQUOTE:
        case GUMBO_TAG_H1:
        case GUMBO_TAG_H2:
        case GUMBO_TAG_H3:
        case GUMBO_TAG_H4:
        case GUMBO_TAG_H5:
        case GUMBO_TAG_H6: return Kind::paragraph;
        case GUMBO_TAG_DIV:
        case GUMBO_TAG_TR:
        case GUMBO_TAG_HR:
        case GUMBO_TAG_DT:
        case GUMBO_TAG_DD:
        case GUMBO_TAG_SECTION:
        case GUMBO_TAG_ARTICLE:
        case GUMBO_TAG_FIGURE: return Kind::line;
        default: return Kind::inline_text;
    }
}

int lines_around(Kind kind) {
    switch (kind) {
        case Kind::paragraph:
        case Kind::pre: return 2;
        case Kind::line:
        case Kind::item: return 1;
        default: return 0;
    }
}

void lay_out(const GumboNode& node, bool in_pre, Layout& layout);

void lay_out_children(const GumboVector& children, bool in_pre, Layout& layout) {
    for (unsigned i = 0; i < children.length; ++i) {
        lay_out(*static_cast<const GumboNode*>(children.data[i]), in_pre, layout);
    }
}

void lay_out(const GumboNode& node, bool in_pre, Layout& layout) {
    switch (node.type) {
        case GUMBO_NODE_TEXT:
        case GUMBO_NODE_WHITESPACE:
        case GUMBO_NODE_CDATA:
            if (in_pre) {
                layout.verbatim(node.v.text.text);
            } else {
                layout.flow(node.v.text.text);
            }
            break;
        case GUMBO_NODE_ELEMENT: {
            const auto kind = kind_of(node.v.element.tag);
            if (kind == Kind::skipped) {
                break;
            }
            if (kind == Kind::line_break) {
                layout.line_break();
                break;
            }
            layout.at_least_lines(lines_around(kind));
            if (kind == Kind::item) {
                layout.item_begins();
            }
            lay_out_children(node.v.element.children, in_pre || kind == Kind::pre, layout);
            if (kind == Kind::item) {
                layout.item_ends();
            }
            layout.at_least_lines(lines_around(kind));
            break;
        }
        default: break;
    }
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string tag_name(std::string_view rest) {
    std::string name;
    for (const char c : rest) {
        if (!is_letter(c) && (c < '0' || c > '9')) {
            break;
        }
        name += static_cast<char>(c | 0x20);
    }
    return name;
}

/// Whether the elements may be nested too deep for a recursive parser. Counts elements that are opened and
/// not closed in order, so it never finds a smaller depth than there is; elements that close automatically do
/// not count.
bool nests_too_deep(std::string_view html) {
    constexpr std::size_t kDeepest = 500;
    constexpr std::array<std::string_view, 10> kEndThemselves{"br",    "img",  "hr",   "p",  "li",
                                                              "input", "meta", "link", "td", "tr"};
    std::vector<std::string> open;
    for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
        const bool closes = html.substr(at + 1).starts_with('/');
        auto name = tag_name(html.substr(at + (closes ? 2 : 1)));
        if (name.empty() || std::find(kEndThemselves.begin(), kEndThemselves.end(), name) != kEndThemselves.end()) {
            continue;
        }
        if (!closes) {
            open.push_back(std::move(name));
        } else if (!open.empty() && open.back() == name) {
            open.pop_back();
        }
        if (open.size() > kDeepest) {
            return true;
        }
    }
    return false;
}

std::string escaped(std::string_view text, bool breaks) {
    std::string html;
    for (const char c : text) {
        switch (c) {
            case '&': html += "&amp;"; break;
            case '<': html += "&lt;"; break;
            case '>': html += "&gt;"; break;
            case '\n': html += breaks ? "<br>" : "\n"; break;
            default: html += c;
        }
    }
    return html;
}

}  // namespace

std::optional<std::string> html_to_text(std::string_view html) {
    constexpr std::size_t kMost = 512 * 1024;
    if (html.size() > kMost || nests_too_deep(html)) {
        return std::nullopt;
    }
    GumboOptions options = kGumboDefaultOptions;
    options.max_errors = 0;
    const auto destroy = [&](GumboOutput* output) { gumbo_destroy_output(&options, output); };
    const std::unique_ptr<GumboOutput, decltype(destroy)> parsed(
        gumbo_parse_with_options(&options, html.data(), html.size()), destroy);
    Layout layout;
    lay_out(*parsed->root, false, layout);
    return std::move(layout).text();
}

std::string text_to_html(std::string_view text) {
    auto html = escaped(text, true);
    if (html_to_text(html) == text) {
        return html;
    }
    return "<pre>\n" + escaped(text, false) + "</pre>";  // a parser drops the line break after <pre>
}

}  // namespace orderd::catalog
