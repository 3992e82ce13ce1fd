#pragma once

/// In an INSERT, the id of a new row: NULL, for which SQLite takes the number after the last. In a shop that was
/// restored it is the first number that cannot have been given between its backup and the restore: ids are known
/// outside.
#define ORDERD_NEXT_ID(table)                                  \
    "(SELECT after + 1 FROM number_floor WHERE name = '" table \
    "' AND after >= (SELECT coalesce(max(id), 0) FROM " table "))"
