#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace orderd::app {

// Files that a package contains besides the executable. They are generated from the definition of the command
// line, so they cannot get out of date.

/// A configuration file with every setting: explained, with its default, and commented out.
std::string sample_configuration(const CLI::App& line);

/// The manual page orderd(1), in man(7)'s macros.
std::string manual_page(const CLI::App& line);

/// The completions of a shell: "bash", "zsh" or "fish". @throws std::invalid_argument for other shells
std::string completions(const CLI::App& line, std::string_view shell);

}  // namespace orderd::app
