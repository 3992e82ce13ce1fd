#include "app/reserved_numbers.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "storage/durable.h"
#include "storage/store.h"

namespace orderd::app {

namespace {

std::filesystem::path numbers_file(const storage::Files& files) { return files.folder / "shop.numbers"; }

storage::OpenError not_written(const std::filesystem::path& file) {
    return storage::OpenError(fmt::format("{} cannot be written: {}", file.string(), std::strerror(errno)));
}

}  // namespace

ReservedNumbers read_reserved_numbers(const storage::Files& files) {
    const auto path = numbers_file(files);
    if (!std::filesystem::exists(path)) {
        return {};
    }
    std::ifstream file(path);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    try {
        return Json::parse(text).get<ReservedNumbers>();
    } catch (const Json::exception&) {
        throw storage::OpenError(
            fmt::format("{} cannot be read. It says which numbers were given out after earlier restores; without it, "
                        "they may be given out again: remove it to restore all the same",
                        path.string()));
    }
}

void write_reserved_numbers(const storage::Files& files, const ReservedNumbers& numbers) {
    const auto path = numbers_file(files);
    const auto draft = path.string() + ".new";
    const auto text = Json(numbers).dump() + "\n";
    ::unlink(draft.c_str());
    const int fd = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        throw not_written(path);
    }
    const bool written =
        ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && storage::sync_to_disk(fd);
    ::close(fd);
    if (!written || ::rename(draft.c_str(), path.c_str()) != 0 || !storage::sync_folder(files.folder)) {
        throw not_written(path);
    }
}

}  // namespace orderd::app
