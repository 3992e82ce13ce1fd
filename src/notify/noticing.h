#pragma once

#include <string>
#include <vector>

#include "jobs/jobs.h"
#include "notify/desk.h"
#include "notify/follower.h"
#include "notify/mail_settings.h"
#include "notify/message.h"
#include "notify/notice.h"
#include "notify/posting.h"

namespace orderd::notify {

/// The reader of the event log that notes what somebody of the shop is to be told of. A line names an order and its sum, or
/// a product, and never a customer: messages go over services of others.
LogReader notice_reader();

/// Adds the jobs that send messages. A message may come twice, if the server's answer or our commit was lost. One that
/// cannot be sent is tried again for hours; what it says stays, and comes with the next one. Of their end nobody is told.
void add_notice_jobs(jobs::Workers& workers, Desk& desk);

/// A message as it is sent.
struct Notice {
    std::string title;  ///< ASCII: "2 orders paid, 1 refund failed"
    struct Line {
        std::string text;
        std::string url;
    };
    std::vector<Line> lines = {};
    std::string more = {};  ///< what there was no room for: "and 3 more: 3 orders paid"; empty: nothing
    std::string url;        ///< in the dashboard
    std::string tag;        ///< of ntfy: the emoji before the title
};

Notice notice_of(const std::vector<NoticeItem>& items, const std::string& shop_url);

/// What "Send a test" sends.
Notice test_notice(const std::string& shop_url);

/// A mail, from the templates notice.*. `id`: as write_mail()'s.
Message notice_mail(const storage::View& view, const Desk& desk, const Outbox& box, const std::string& to,
                    const Notice& notice, const std::string& id, Time date);

/// ntfy's simple form, of its page "Publishing": the body is the text, headers have the rest. Servers of other kinds read the
/// body alone.
Posted post_notice(Desk& desk, const std::string& url, const Notice& notice);

}  // namespace orderd::notify
