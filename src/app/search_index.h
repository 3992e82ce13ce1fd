#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "app/settings_routes.h"
#include "jobs/jobs.h"
#include "notify/follower.h"
#include "storage/store.h"

namespace orderd::app {

/// Keeps the search index of orders and customers (accounts/found_by.h), at most a second behind: placing an order writes
/// nothing into it.
notify::LogReader search_reader();

/// All readers of the event log. Events that they have not read are not removed.
std::vector<notify::LogReader> log_readers();

/// The job that makes the index anew where that was asked for, slice by slice. At each start it goes on where it was.
void add_search_job(jobs::Workers& workers, storage::Store& store);

/// The setting whether orders and customers are found by beginnings of names. A change has the index made anew.
Section search_section(const Clock& clock);

/// Orders and customers, the newest of each, that the index has not; and rows of it, some thousand from a random one on, that
/// are not true. Nothing is looked for while it is made anew; nothing that is missing while events are unread.
std::vector<std::string> search_faults(const storage::View& view, std::size_t most);

/// How far the index is behind; empty if it is not.
std::vector<std::string> search_lag(const storage::View& view);

}  // namespace orderd::app
