#include "api/docs.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "api/admission.h"
#include "api/guides.h"
#include "api/member_words.h"
#include "api/openapi.h"
#include "api/operation_words.h"
#include "api/problem.h"
#include "api/refusals.h"
#include "api/router.h"
#include "api/shape_node.h"
#include "base/text.h"

namespace orderd::api {
namespace {

using Node = Shape::Node;
using Kind = Node::Kind;

/// Quotes text for a shell, in single quotes.
std::string shell_quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) {
        out += c == '\'' ? std::string("'\\''") : std::string(1, c);
    }
    return out + "'";
}

std::string anchor_of(const Route& route) {
    auto anchor = route.method + route.path;
    std::replace_if(
        anchor.begin(), anchor.end(), [](char c) { return c == '/' || c == '{' || c == '}' || c == '.'; }, '-');
    return anchor;
}

std::string type_of(const Node& node) {
    const auto base = [&]() -> std::string {
        switch (node.kind) {
            case Kind::text: return fmt::format("text, {} to {} characters", node.min, node.max);
            case Kind::lines: return fmt::format("text of several lines, {} to {} characters", node.min, node.max);
            case Kind::email: return "e-mail address";
            case Kind::time: return "time, RFC 3339";
            case Kind::day: return "day, RFC 3339";
            case Kind::country: return "country, ISO 3166-1";
            case Kind::currency: return "currency, ISO 4217";
            case Kind::integer: return fmt::format("integer, {} to {}", node.lowest, node.highest);
            case Kind::boolean: return "true or false";
            case Kind::one_of: return fmt::format("one of {}", fmt::join(node.values, ", "));
            case Kind::list: return fmt::format("list of {} to {}: {}", node.min, node.max, type_of(node.of->node()));
            case Kind::object: return node.name.empty() ? "object" : node.name;
            case Kind::map: return "object of any members, each " + type_of(node.of->node());
            case Kind::tagged: return fmt::format("object, by its {}", node.tag);
            case Kind::anything: return "any JSON";
        }
        return "any JSON";
    };
    return node.nullable ? base() + ", or null" : base();
}

/// The attributes of an element that may scroll sideways: the keyboard must reach it, and it needs a name (WCAG 2.1.1).
/// The script removes them from elements that do not scroll.
std::string scrolls(std::string_view what, const Route& route) {
    return fmt::format(R"(tabindex="0" role="region" aria-label="{}")",
                       escape_html(fmt::format("{} of {} {}", what, route.method, route.path)));
}

class Page {
public:
    template <class... Args>
    void add(fmt::format_string<Args...> format, Args&&... args) {
        fmt::format_to(std::back_inserter(html_), format, std::forward<Args>(args)...);
    }

    /// Adds a row for each member of an object and of nested objects: "items[].quantity".
    void add_members(const Node& node, const std::string& prefix, int depth) {
        constexpr int kDeepest = 6;
        if (depth > kDeepest) {
            return;
        }
        if (node.kind == Kind::list) {
            return add_members(node.of->node(), prefix + "[]", depth + 1);
        }
        for (const auto& [value, shape] : node.alternatives) {
            const auto name = prefix.empty() ? node.tag : prefix + '.' + node.tag;
            add("<tr><td><code>{}</code><td>{}<td>\n", escape_html(name), escape_html('"' + value + '"'));
            add_members(shape.node(), prefix, depth + 1);
        }
        for (const auto& member : node.members) {
            const auto name = prefix.empty() ? member.name : prefix + '.' + member.name;
            add("<tr><td><code>{}</code>{}<td>{}<td>{}\n", escape_html(name),
                member.required ? "" : " <small>optional</small>", escape_html(type_of(member.shape.node())),
                escape_html(member.shape.node().description.empty() ? words_for_member(member.name)
                                                                    : member.shape.node().description));
            add_members(member.shape.node(), name, depth + 1);
        }
    }

    std::string take() { return std::move(html_); }

private:
    std::string html_;
};

std::string curl_of(const Route& route) {
    auto path = route.path;
    for (const auto& name : names_in(route.path)) {
        const auto place = '{' + name + '}';
        path.replace(path.find(place), place.size(), name == "id" || name.ends_with("_id") ? "1001" : name);
    }
    auto command = route.method == "GET" ? std::string("curl") : fmt::format("curl -X {}", route.method);
    command += fmt::format(" \"$ORDERD{}\"", path);
    if (route.who != Who::anyone) {
        command += " \\\n  -H \"Authorization: Bearer $TOKEN\"";
    }
    if (route.idempotent) {
        command += " \\\n  -H \"Idempotency-Key: $(uuidgen)\"";
    }
    if (route.if_match) {
        command += " \\\n  -H 'If-Match: \"1\"'";
    }
    if (route.body) {
        command +=
            " \\\n  -H 'Content-Type: application/json' \\\n  -d " + shell_quoted(sample_of(*route.body).dump(2));
    } else if (!route.raw_body.empty()) {
        command += fmt::format(" \\\n  -H 'Content-Type: {}' \\\n  --data-binary @FILE",
                               media_types_of(route.raw_body).front());
    }
    return command;
}

/// Lists the route's own refusals by code, and the general ones only by status.
void add_problems(Page& page, const Route& route) {
    page.add("<h4>Problems</h4>\n");
    for (const auto& own : route.refuses) {
        page.add("<p class=\"problem\"><b>{0}</b> <a href=\"#{1}\"><code>{1}</code></a>\n", own.status(), own.code());
    }
    page.add("<p class=\"problems\"><a href=\"#problems\">As any route</a>: ");
    for (const int status : problem_statuses(route)) {
        page.add("<span title=\"{}\">{}</span> ", title_of(status), status);
    }
}

void add_codes_of(Page& page, const std::vector<ListedRefusal>& all, const std::string& tag) {
    const auto is_of_tag = [&](const ListedRefusal& it) { return it.tag == tag; };
    if (std::none_of(all.begin(), all.end(), is_of_tag)) {
        return;
    }
    page.add("<h3>{}</h3><dl>\n", tag.empty() ? "Any route" : escape_html(tag));
    for (const auto& one : all) {
        if (is_of_tag(one)) {
            page.add("<dt id=\"{0}\"><code>{0}</code> <small>{1} {2}</small><dd>{3}\n", one.refused.code(),
                     one.refused.status(), title_of(one.refused.status()), escape_html(one.refused.meaning()));
        }
    }
    page.add("</dl>\n");
}

std::string paragraph_of(const Route& route, const OperationWords& words) {
    const auto found = words.find(route.name);
    return found == words.end() ? std::string() : "<p>" + escape_html(found->second);
}

void add_route(Page& page, const Route& route, const OperationWords& words) {
    const auto anchor = anchor_of(route);
    page.add(
        "<article id=\"{0}\" data-words=\"{1}\"><h3><span class=\"method {2}\">{2}</span> <code>{3}</code> "
        "<a href=\"#{0}\" aria-label=\"Link to this\">#</a></h3>\n<p><b>{4}</b>{6}<p class=\"who\">For {5}.\n",
        escape_html(anchor), escape_html(route.method + ' ' + route.path + ' ' + route.summary + ' ' + route.tag),
        escape_html(route.method), escape_html(route.path), escape_html(route.summary),
        escape_html(who_in_words(route.who)), paragraph_of(route, words));
    if (const auto parameters = query_parameters(route); !parameters.empty()) {
        page.add(
            "<h4>Query</h4><div class=\"wide\" {}><table><thead><tr><th>Parameter<th>What it is<th>What it does"
            "<tbody>\n",
            scrolls("Query", route));
        for (const auto& parameter : parameters) {
            page.add("<tr><td><code>{}</code><td>{}{}<td>{}\n", escape_html(parameter.name),
                     escape_html(type_of(parameter.shape.node())), parameter.repeated ? "; several, with commas" : "",
                     escape_html(parameter.description));
        }
        page.add("</table></div>\n");
    }
    if (route.body) {
        page.add(
            "<h4>Body</h4><div class=\"wide\" {}><table><thead><tr><th>Member<th>What it is<th>What it does<tbody>\n",
            scrolls("Body", route));
        page.add_members(route.body->node(), "", 0);
        page.add("</table></div>\n");
    }
    page.add("<h4>Example</h4><pre {}><code>{}</code></pre>\n", scrolls("Example", route), escape_html(curl_of(route)));
    page.add("<h4>Answers</h4>\n");
    for (const auto& outcome : route.answers) {
        page.add("<details><summary><b>{}</b> {} <small>{}</small></summary>\n", outcome.status,
                 title_of(outcome.status),
                 outcome.shape || outcome.content_type != "application/json" ? escape_html(outcome.content_type)
                                                                             : std::string());
        if (outcome.shape) {
            page.add("<pre {}><code>{}</code></pre>\n", scrolls(fmt::format("Answer {}", outcome.status), route),
                     escape_html(sample_of(*outcome.shape).dump(2)));
        }
        page.add("</details>\n");
    }
    add_problems(page, route);
    page.add("</article>\n");
}

/// What webhooks are sent, and the log has.
void add_events(Page& page, const SentEvents& events) {
    page.add(
        "<section id=\"events\"><h2>Kinds of events</h2><p>What webhooks are sent, and GET /admin/events lists: each kind with the "
        "members of its body. More members and kinds may come with a new version.\n");
    for (const auto& kind : events.kinds) {
        page.add("<details><summary><code>{0}</code> {1}</summary>\n", kind.name,
                 escape_html(std::string(kind.meaning)));
        page.add(
            "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Body of {}\"><table><thead><tr><th>Member<th>What "
            "it is<th>What it says<tbody>\n",
            kind.name);
        page.add("<tr><td colspan=\"3\">The event is about a {}: subject_id is its number.\n", kind.subject);
        page.add_members(kind.body.node(), "", 0);
        page.add("</table></div></details>\n");
    }
    page.add("</section>\n");
}

std::vector<std::string> tags_of(const RouteTable& table) {
    std::vector<std::string> tags;
    for (const auto& row : table.rows()) {
        if (std::find(tags.begin(), tags.end(), row.route.tag) == tags.end()) {
            tags.push_back(row.route.tag);
        }
    }
    return tags;
}

constexpr std::string_view kTop = R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>orderd: the API</title>
<link rel="stylesheet" href="/docs/style.css">
<script src="/docs/script.js" defer></script>
<body>
<a class="skip" href="#main">To the content</a>
<nav aria-label="Routes">
<h1>orderd <small>API</small></h1>
<label for="search">Search</label>
<input id="search" type="search" placeholder="orders, PUT, stock…" autocomplete="off">
<p id="found" role="status"></p>
)html";

constexpr std::string_view kIntroduction = R"html(
<main id="main">
<section id="introduction">
<h2>How it speaks</h2>
<p>JSON in and out, described for programs in <a href="/openapi.json">/openapi.json</a> (OpenAPI 3.1).
The examples are for a shell with two variables:</p>
<pre tabindex="0" role="region" aria-label="Two variables for a shell"><code>ORDERD=http://127.0.0.1:8080
TOKEN=$(curl -s "$ORDERD/auth/login" -H 'Content-Type: application/json' \
  -d '{"username": "owner", "password": "…"}' | jq -r .access_token)</code></pre>
<dl>
<dt>Money<dd>An integer count of minor units of the shop's one currency: 1999 is 19.99 EUR.
<dt>Times<dd>RFC 3339, in UTC: 2026-11-24T05:46:03.000Z.
<dt>Who is calling<dd><code>Authorization: Bearer</code> with the access_token of a sign-in, an API key, or the access_token of one order.
What is not yours is 404.
<dt>Errors<dd>Problem documents (RFC 9457). A program decides on <code>code</code>, a person reads <code>detail</code>;
its <code>type</code> leads to <a href="#problems">what the code means</a>;
<code>errors</code> names each fault of a body by its place, all at once. Members that are not known are refused.
<dt>Trying again<dd><code>POST</code> takes an <code>Idempotency-Key</code> of your own making. The same key and body get the first answer
again for 24 hours, with <code>Idempotent-Replayed: true</code>, and without secrets that are shown once. Without credentials make it a
random UUID: a key that could be guessed counts for your network address and program alone.
<dt>Changing what others change<dd><code>PUT</code> and <code>DELETE</code> take the <code>ETag</code> that was read, as <code>If-Match</code>.
Another version meanwhile is 412.
<dt>Lists<dd><code>limit</code> (1 to 200, else 50) and <code>cursor</code>: the <code>next_cursor</code> of the page before, which is null on the last one.
<dt>Requests<dd>Each answer has an <code>X-Request-Id</code>, which is in the log too. Bodies have at most 1 MiB.
</dl>
</section>
)html";

}  // namespace

std::string docs_page(const RouteTable& table, const SentEvents& events) {
    Page page;
    page.add("{}{}", kTop, guide_links(""));
    const auto tags = tags_of(table);
    const auto words = operation_words();
    for (const auto& tag : tags) {
        page.add("<div data-group><h2>{}</h2><ul>\n", escape_html(tag));
        for (const auto& row : table.rows()) {
            if (row.route.tag == tag) {
                page.add("<li><a href=\"#{}\"><span class=\"method {}\">{}</span> {}</a>\n",
                         escape_html(anchor_of(row.route)), row.route.method, row.route.method,
                         escape_html(row.route.path));
            }
        }
        page.add("</ul></div>\n");
    }
    page.add(
        "<div><h2>More</h2><ul><li><a href=\"#events\">Kinds of events</a><li><a href=\"#problems\">Codes of problems</a>"
        "</ul></div>\n"
        "</nav>\n{}",
        kIntroduction);
    for (const auto& tag : tags) {
        page.add("<section data-group><h2>{}</h2>\n", escape_html(tag));
        for (const auto& row : table.rows()) {
            if (row.route.tag == tag) {
                add_route(page, row.route, words);
            }
        }
        page.add("</section>\n");
    }
    add_events(page, events);
    page.add(
        "<section id=\"problems\"><h2>Codes of problems</h2><p>Each problem document has a <code>code</code>, and its "
        "<code>type</code> leads here. Codes do not change; the words of <code>detail</code> may.\n");
    const auto refusals = all_refusals(table);
    add_codes_of(page, refusals, "");
    for (const auto& tag : tags) {
        add_codes_of(page, refusals, tag);
    }
    page.add("</section></main></body></html>\n");
    return page.take();
}

}  // namespace orderd::api
