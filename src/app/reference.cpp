#include "app/reference.h"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "base/version.h"

namespace orderd::app {

namespace {

/// A command with its full name: "admin add".
struct Command {
    std::string words;
    const CLI::App* app = nullptr;
};

/// The commands in a command, without option groups, which CLI11 stores as commands without a name.
std::vector<const CLI::App*> commands_in(const CLI::App& app) {
    return app.get_subcommands([](const CLI::App* sub) { return !sub->get_name().empty(); });
}

void collect(const CLI::App& parent, const std::string& before, std::vector<Command>& into) {
    for (const auto* sub : commands_in(parent)) {
        into.push_back({before + sub->get_name(), sub});
        collect(*sub, before + sub->get_name() + ' ', into);
    }
}

/// Every command; a parent comes before its subcommands.
std::vector<Command> commands_of(const CLI::App& line) {
    std::vector<Command> commands;
    collect(line, "", commands);
    return commands;
}

bool has_commands(const CLI::App& app) { return !commands_in(app).empty(); }

/// A command's options and positional arguments, including those in groups.
std::vector<const CLI::Option*> all_of(const CLI::App& app) {
    auto all = app.get_options();
    for (const auto* group : app.get_subcommands([](const CLI::App* sub) { return sub->get_name().empty(); })) {
        const auto more = group->get_options();
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

std::vector<const CLI::Option*> options_of(const CLI::App& app) {
    auto options = all_of(app);
    std::erase_if(options, [](const CLI::Option* option) { return option->get_lnames().empty(); });
    return options;
}

/// The settings: options that have a variable are also lines of orderd.toml.
std::vector<const CLI::Option*> settings_of(const CLI::App& line) {
    return line.get_options([](const CLI::Option* option) { return !option->get_envname().empty(); });
}

const std::string& name_of(const CLI::Option& option) { return option.get_lnames().front(); }

bool is_flag(const CLI::Option& option) { return option.get_items_expected_max() == 0; }

std::string value_in_toml(const CLI::Option& option) {
    if (is_flag(option)) {
        return "false";
    }
    if (option.get_items_expected_max() > 1) {
        return R"(["…"])";
    }
    const auto value = option.get_default_str();
    if (value.empty()) {
        return R"("…")";
    }
    const bool number =
        value.find_first_not_of("0123456789.") == std::string::npos && value.find('.') == value.rfind('.');
    return number ? value : '"' + value + '"';
}

/// Wraps a text into lines of at most `width` characters, each starting with `prefix`.
std::string wrapped(std::string_view text, std::string_view prefix, std::size_t width) {
    std::string out;
    std::string line;
    while (!text.empty()) {
        const auto end = text.find(' ');
        const auto word = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (!line.empty() && line.size() + 1 + word.size() > width) {
            out += fmt::format("{}{}\n", prefix, line);
            line.clear();
        }
        line += (line.empty() ? "" : " ") + std::string(word);
    }
    return out + fmt::format("{}{}\n", prefix, line);
}

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
    return text;
}

std::string in_roff(std::string text) {
    text = replaced(replaced(std::move(text), "\\", "\\e"), "-", "\\-");
    return text.starts_with('.') || text.starts_with('\'') ? "\\&" + text : text;
}

std::string option_in_roff(const CLI::Option& option, const std::string& more) {
    return fmt::format(".TP\n.B {}{}\n{}{}\n", in_roff("--" + name_of(option)), is_flag(option) ? "" : " \\fIVALUE\\fR",
                       in_roff(option.get_description()), in_roff(more));
}

std::string usage_in_roff(const Command& command) {
    auto usage = ".B " + in_roff(command.words);
    for (const auto* option : all_of(*command.app)) {
        if (option->get_positional()) {
            usage += fmt::format(" \\fI{}\\fR", option->get_name(true));
        }
    }
    return usage;
}

/// What can follow a command: its own commands and options, and the settings.
std::vector<std::pair<std::string, std::string>> choices_after(const CLI::App& app, const CLI::App& line) {
    std::vector<std::pair<std::string, std::string>> choices;
    for (const auto* sub : commands_in(app)) {
        choices.emplace_back(sub->get_name(), sub->get_description());
    }
    for (const auto* option : options_of(app)) {
        choices.emplace_back("--" + name_of(*option), option->get_description());
    }
    if (&app != &line) {
        for (const auto* option : options_of(line)) {
            if (name_of(*option) != "help" && name_of(*option) != "version") {
                choices.emplace_back("--" + name_of(*option), option->get_description());
            }
        }
    }
    return choices;
}

std::string quoted(const std::string& text) { return '\'' + replaced(text, "'", "'\\''") + '\''; }

/// The lines of bash and zsh that set $command to the command that the words before the cursor name.
std::string command_finder(const CLI::App& line, std::string_view words) {
    std::string patterns;
    for (const auto& command : commands_of(line)) {
        patterns += (patterns.empty() ? "" : " | ") + quoted(command.words);
    }
    return fmt::format(
        "    local command= word\n"
        "    for word in {}; do\n"
        "        case \"$command${{command:+ }}$word\" in\n"
        "            {}) command=\"$command${{command:+ }}$word\" ;;\n"
        "        esac\n"
        "    done\n",
        words, patterns);
}

std::string bash_completions(const CLI::App& line) {
    std::string cases;
    const auto add = [&](const std::string& command, const CLI::App& app) {
        std::string words;
        for (const auto& [word, description] : choices_after(app, line)) {
            words += (words.empty() ? "" : " ") + word;
        }
        cases += fmt::format("        {}) words='{}' ;;\n", quoted(command), words);
    };
    add("", line);
    for (const auto& command : commands_of(line)) {
        add(command.words, *command.app);
    }
    return "# bash completion for orderd\n_orderd() {\n" +
           command_finder(line, R"("${COMP_WORDS[@]:1:COMP_CWORD-1}")") + "    local words=\n    case $command in\n" +
           cases +
           "    esac\n    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\n"
           "complete -o default -F _orderd orderd\n";
}

std::string zsh_completions(const CLI::App& line) {
    std::string cases;
    const auto add = [&](const std::string& command, const CLI::App& app) {
        cases += fmt::format("        {}) choices=(\n", quoted(command));
        for (const auto& [word, description] : choices_after(app, line)) {
            cases += fmt::format("            {}\n", quoted(word + ':' + replaced(description, ":", "\\:")));
        }
        cases += "        ) ;;\n";
    };
    add("", line);
    for (const auto& command : commands_of(line)) {
        add(command.words, *command.app);
    }
    return "#compdef orderd\n_orderd() {\n" + command_finder(line, "${words[2,CURRENT-1]}") +
           "    local -a choices\n    case $command in\n" + cases +
           "    esac\n    _describe orderd choices || _files\n}\n_orderd \"$@\"\n";
}

std::string fish_completions(const CLI::App& line) {
    std::string out = "# fish completion for orderd\n";
    const auto described = [](const std::string& text) { return quoted(replaced(text, "\\", "\\\\")); };
    for (const auto* option : options_of(line)) {
        out += fmt::format("complete -c orderd -l {}{} -d {}\n", name_of(*option), is_flag(*option) ? "" : " -r",
                           described(option->get_description()));
    }
    for (const auto& command : commands_of(line)) {
        const auto space = command.words.rfind(' ');
        const auto parent = space == std::string::npos ? "" : command.words.substr(0, space);
        out += fmt::format("complete -c orderd {}-n '{}' -a {} -d {}\n", has_commands(*command.app) ? "-f " : "",
                           parent.empty() ? "__fish_use_subcommand" : "__fish_seen_subcommand_from " + parent,
                           command.app->get_name(), described(command.app->get_description()));
        for (const auto* option : options_of(*command.app)) {
            out += fmt::format("complete -c orderd -n '__fish_seen_subcommand_from {}' -l {}{} -d {}\n",
                               command.app->get_name(), name_of(*option), is_flag(*option) ? "" : " -r",
                               described(option->get_description()));
        }
    }
    return out;
}

}  // namespace

std::string sample_configuration(const CLI::App& line) {
    std::string out =
        "# orderd's settings. A setting that begins with # shows its default; remove the # to set another\n"
        "# value, and restart the server. An environment variable overrides a line here, and a flag overrides\n"
        "# both. This file contains no secrets: a setting names the file that contains one.\n";
    std::string group;
    for (const auto* option : settings_of(line)) {
        if (option->get_group() != group) {
            group = option->get_group();
            out += fmt::format("\n## {}\n", group);
        }
        out += '\n' + wrapped(option->get_description() + " (" + option->get_envname() + ")", "# ", 98);
        out += fmt::format("#{} = {}\n", name_of(*option), value_in_toml(*option));
    }
    return out;
}

std::string manual_page(const CLI::App& line) {
    auto out = fmt::format(".TH ORDERD 1 \"\" \"orderd {}\" \"User Commands\"\n", version());
    out +=
        ".SH NAME\norderd \\- the order desk of a small shop\n"
        ".SH SYNOPSIS\n.B orderd\n\\fICOMMAND\\fR [\\fISETTING\\fR]...\n.SH DESCRIPTION\n"
        "orderd serves a shop's REST API and its dashboard from one SQLite database, and maintains it.\n"
        ".SH COMMANDS\n";
    for (const auto& command : commands_of(line)) {
        if (has_commands(*command.app)) {
            continue;
        }
        out += fmt::format(".TP\n{}\n{}\n", usage_in_roff(command), in_roff(command.app->get_description()));
        std::string options;
        for (const auto* option : options_of(*command.app)) {
            if (name_of(*option) != "help") {
                options += option_in_roff(*option, "");
            }
        }
        if (!options.empty()) {
            out += ".RS\n" + options + ".RE\n";
        }
    }
    out += ".SH SETTINGS\nEach is a flag, an environment variable, or a line of the configuration file.\n";
    std::string group;
    for (const auto* option : settings_of(line)) {
        if (option->get_group() != group) {
            group = option->get_group();
            out += ".SS " + in_roff(group) + '\n';
        }
        const auto value = option->get_default_str();
        out += option_in_roff(*option, fmt::format(" ({}{}{})", option->get_envname(),
                                                   value.empty() || is_flag(*option) ? "" : "; default: ",
                                                   is_flag(*option) ? "" : value));
    }
    return out +
           ".SH FILES\n.TP\n.I /etc/orderd/orderd.toml\nThe configuration file, or the one that \\-\\-config or "
           "ORDERD_CONFIG names.\n"
           ".TP\n.I shop.db\nIn the shop's folder: the database.\n"
           ".TP\n.I shop.key\nIn the shop's folder: the key of the customers' data. It is in no backup; keep a copy of "
           "it apart from them.\n"
           ".SH EXAMPLES\n"
           ".TP\n.B orderd demo\nA shop to try out, with a made-up month of orders; it is gone when it ends.\n"
           ".TP\n.B orderd import products.csv \\-\\-data shop\nPut a file of products into the shop in the folder "
           "shop, which is made if it is not there.\n"
           ".TP\n.B orderd serve \\-\\-data shop\nServe it, at http://127.0.0.1:8080.\n"
           ".TP\n.B orderd backup shop.backup \\-\\-data shop\nCopy its database, even while it is served.\n"
           ".TP\n.B orderd check \\-\\-data shop\nCheck that its stock, its money and its log are in order.\n"
           ".SH EXIT STATUS\n0 done, 1 failed, 2 wrong use.\n";
}

std::string completions(const CLI::App& line, std::string_view shell) {
    if (shell == "bash") {
        return bash_completions(line);
    }
    if (shell == "zsh") {
        return zsh_completions(line);
    }
    if (shell == "fish") {
        return fish_completions(line);
    }
    throw std::invalid_argument(fmt::format("{} is not a shell with completions; they are bash, zsh and fish", shell));
}

}  // namespace orderd::app
