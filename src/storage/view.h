#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/money.h"
#include "base/time.h"
#include "storage/connection.h"
#include "storage/vault.h"

namespace orderd::storage {

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

/// Bytes for a BLOB column. A std::string would be bound as TEXT.
struct Blob {
    std::string_view bytes;
};

/// The current row of a statement. Views into it (std::string_view) are valid until the next row.
class Row {
public:
    explicit Row(sqlite3_stmt* statement) : statement_(statement) {}

    /// The column (from 0) as bool, an integer, an id, Money, Rate, Time, std::string, std::string_view (text or blob),
    /// or std::optional of one of them (nullopt for NULL).
    template <class T>
    T get(int column) const;

    bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

private:
    std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    std::string_view bytes(int column) const {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {data == nullptr ? "" : data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }

    sqlite3_stmt* statement_;
};

/// Read access to a reader's snapshot, or to the writer's open transaction. Not thread-safe: only the thread
/// that was given it may use it, and must not keep it.
///
/// SQL is a literal with parameters ?1, ?2, … bound in order from integers, bools, ids, Money, Rate, Time,
/// text, Blob, std::nullopt, and std::optional of these; they must live as long as the call. Each connection
/// prepares a statement once.
class View {
public:
    View(Connection& connection, const Vault& vault) : connection_(&connection), vault_(&vault) {}

    /// Calls `use(row)` for each row, in order.
    template <class Use, class... Args>
    void each(std::string_view sql, Use&& use, const Args&... args) const {
        auto lease = connection_->lease(sql);
        bind_all(lease, args...);
        while (lease.step()) {
            use(Row(lease.get()));
        }
    }

    /// `map(row)` of the first row; nullopt if there is no row.
    template <class Map, class... Args>
    auto first(std::string_view sql, Map&& map, const Args&... args) const
        -> std::optional<std::decay_t<std::invoke_result_t<Map, const Row&>>> {
        auto lease = connection_->lease(sql);
        bind_all(lease, args...);
        if (!lease.step()) {
            return std::nullopt;
        }
        return map(Row(lease.get()));
    }

    /// The first column of the first row; nullopt if there is no row. If it may be NULL, ask for std::optional<T>.
    template <class T, class... Args>
    std::optional<T> value(std::string_view sql, const Args&... args) const {
        return first(
            sql, [](const Row& row) { return row.get<T>(0); }, args...);
    }

    const Vault& vault() const { return *vault_; }

protected:
    template <class T>
    static void bind_any(Lease& lease, int index, const T& value) {
        using V = std::remove_cvref_t<T>;
        if constexpr (std::is_same_v<V, std::nullopt_t>) {
            lease.bind_null(index);
        } else if constexpr (is_optional<V>::value) {
            if (value) {
                bind_any(lease, index, *value);
            } else {
                lease.bind_null(index);
            }
        } else if constexpr (std::is_same_v<V, Money>) {
            lease.bind(index, value.minor);
        } else if constexpr (std::is_same_v<V, Rate>) {
            lease.bind(index, value.ppm);
        } else if constexpr (std::is_same_v<V, Time> || std::is_same_v<V, Duration>) {
            lease.bind(index, value.ms);
        } else if constexpr (std::is_enum_v<V> || std::is_integral_v<V>) {
            lease.bind(index, static_cast<std::int64_t>(value));
        } else if constexpr (std::is_same_v<V, Blob>) {
            lease.bind_bytes(index, value.bytes);
        } else {
            lease.bind_text(index, std::string_view(value));
        }
    }

    template <class... Args>
    static void bind_all(Lease& lease, const Args&... args) {
        int index = 0;
        (bind_any(lease, ++index, args), ...);
    }

    Connection* connection_;
    const Vault* vault_;
};

template <class T>
T Row::get(int column) const {
    if constexpr (is_optional<T>::value) {
        return is_null(column) ? T(std::nullopt) : T(get<typename T::value_type>(column));
    } else if constexpr (std::is_same_v<T, Money> || std::is_same_v<T, Rate> || std::is_same_v<T, Time>) {
        return T{integer(column)};
    } else if constexpr (std::is_same_v<T, bool>) {
        return integer(column) != 0;
    } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
        return static_cast<T>(integer(column));
    } else {
        return T(bytes(column));
    }
}

}  // namespace orderd::storage
