#include "support/power_cut.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace orderd::tests {

namespace {

bool is_shared_memory(const std::string& name) { return name.ends_with("-shm"); }

}  // namespace

PowerCut::PowerCut(const std::filesystem::path& folder, const std::filesystem::path& before, std::uint64_t seed)
    : folder_(folder.string()), random_(seed) {
    for (const auto& entry : std::filesystem::directory_iterator(before)) {
        std::ifstream in(entry.path(), std::ios::binary);
        auto file = std::make_shared<File>();
        file->synced.assign(std::istreambuf_iterator<char>(in), {});
        now_[entry.path().filename().string()] = std::move(file);
    }
    synced_names_ = now_;
}

std::string PowerCut::name_of(const std::string& path) const {
    return path.size() > folder_.size() ? path.substr(folder_.size() + 1) : "";
}

/// Writes the part of a write that is from `from` to `to`, both within it.
void PowerCut::write(std::string& content, const Pending& pending, std::size_t from, std::size_t to) {
    const auto begin = static_cast<std::size_t>(pending.at) + from;
    if (content.size() < begin + to - from) {
        content.resize(begin + to - from);
    }
    std::copy(pending.bytes.begin() + static_cast<std::ptrdiff_t>(from),
              pending.bytes.begin() + static_cast<std::ptrdiff_t>(to),
              content.begin() + static_cast<std::ptrdiff_t>(begin));
}

void PowerCut::settle(File& file) {
    for (const auto& pending : file.pending) {
        if (pending.truncates) {
            file.synced.resize(static_cast<std::size_t>(pending.at));
        } else {
            write(file.synced, pending, 0, pending.bytes.size());
        }
    }
    file.pending.clear();
}

/// What is on the disk of a file: none of what is pending, all of it, or some sectors.
std::string PowerCut::torn(const File& file) {
    auto content = file.synced;
    const auto how = random_() % 4;
    const auto is_there = [&] { return how == 1 || (how > 1 && random_() % 2 == 0); };
    for (const auto& pending : file.pending) {
        if (pending.truncates) {
            if (is_there()) {
                content.resize(static_cast<std::size_t>(pending.at));
            }
            continue;
        }
        // Sectors are those of the file, not of the write.
        for (std::size_t from = 0; from < pending.bytes.size();) {
            const auto place = static_cast<std::size_t>(pending.at) + from;
            const auto to = std::min(pending.bytes.size(), from + kSector - place % kSector);
            if (is_there()) {
                write(content, pending, from, to);
            }
            from = to;
        }
    }
    return content;
}

void PowerCut::rename(Names& names, const DiskChange& change, const std::string& from, const std::string& to) {
    const auto found = names.find(from);
    if (found == names.end()) {
        return;
    }
    if (change.kind != DiskChange::Kind::remove) {
        names[to] = found->second;
    }
    if (change.kind != DiskChange::Kind::link) {
        names.erase(from);
    }
}

void PowerCut::apply(const DiskChange& change) {
    using Kind = DiskChange::Kind;
    const auto name = name_of(change.path);
    const auto found = now_.find(name);
    const auto file = found == now_.end() ? nullptr : found->second;
    switch (change.kind) {
        case Kind::create: {
            auto made = std::make_shared<File>();
            now_[name] = made;
            pending_names_.push_back({change, name, "", std::move(made)});
            return;
        }
        case Kind::rename:
        case Kind::link:
        case Kind::remove:
            rename(now_, change, name, name_of(change.to));
            pending_names_.push_back({change, name, name_of(change.to), nullptr});
            return;
        case Kind::write:
            if (file) {
                file->pending.push_back({.at = change.offset, .bytes = change.bytes, .truncates = false});
            }
            return;
        case Kind::truncate:
            if (file) {
                file->pending.push_back({.at = change.offset, .bytes = {}, .truncates = true});
            }
            return;
        case Kind::sync:
            if (name.empty()) {
                synced_names_ = now_;
                pending_names_.clear();
            } else if (file) {
                settle(*file);
            }
            return;
        case Kind::failed_sync:
            if (file) {
                file->synced = torn(*file);
                file->pending.clear();
            }
            return;
        case Kind::note: return;
    }
}

void PowerCut::leave(const std::filesystem::path& to) {
    auto names = synced_names_;
    const auto kept = pending_names_.empty() ? 0 : random_() % (pending_names_.size() + 1);
    for (std::size_t i = 0; i < kept; ++i) {
        const auto& pending = pending_names_[i];
        if (pending.file) {
            names[pending.from] = pending.file;
        } else {
            rename(names, pending.change, pending.from, pending.to);
        }
    }
    for (const auto& [name, file] : names) {
        if (!is_shared_memory(name)) {
            std::ofstream(to / name, std::ios::binary) << torn(*file);
            std::filesystem::permissions(to / name,
                                         std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        }
    }
}

}  // namespace orderd::tests
