#pragma once

/// In an INSERT, the id of a new row. Usually NULL: SQLite assigns the next number. After a restore, it is first a
/// number that cannot have been assigned between the backup and the restore, since ids are known outside the shop.
#define ORDERD_NEXT_ID(table)                                  \
    "(SELECT after + 1 FROM number_floor WHERE name = '" table \
    "' AND after >= (SELECT coalesce(max(id), 0) FROM " table "))"
