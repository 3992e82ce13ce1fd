#pragma once

#include <filesystem>
#include <string>

namespace orderd::tests {

/// A file's bytes; empty if there is none.
std::string bytes_of(const std::filesystem::path& file);

/// Runs statements on a database that no shop has open. Fails the test where one fails.
void run_sql(const std::filesystem::path& database, const std::string& statements);

}  // namespace orderd::tests
