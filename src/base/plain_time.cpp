#include "base/plain_time.h"

#include <fmt/format.h>

namespace orderd {

std::string plain_time(Time t) { return fmt::format("{} {} UTC", plain_date(t), rfc3339(t).substr(11, 5)); }

std::string plain_date(Time t) { return rfc3339(t).substr(0, 10); }

}  // namespace orderd
