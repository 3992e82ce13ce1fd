#include "notify/readers.h"

#include "notify/delivering.h"
#include "notify/mailing.h"
#include "notify/noticing.h"

namespace orderd::notify {

std::vector<LogReader> log_readers() { return {webhook_reader(), mail_reader(), notice_reader()}; }

}  // namespace orderd::notify
