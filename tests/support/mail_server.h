#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "base/json.h"
#include "support/certificate.h"
#include "support/closed_port.h"
#include "support/temporary_folder.h"

namespace orderd::tests {

/// Debian's aiosmtpd on a free port, in its own process: a mail server that takes what a shop sends, and says what
/// a mail program reads in it.
class MailServer {
public:
    struct Options {
        std::string security = "none";  ///< none, starttls, tls
        std::string username = {};      ///< empty: anyone may send
        std::string password = {};
    };

    explicit MailServer(const Options& options = {"none", "", ""});
    MailServer(const MailServer&) = delete;
    MailServer& operator=(const MailServer&) = delete;
    ~MailServer();  ///< stop()

    int port() const { return held_.port(); }
    /// What its certificate is trusted by.
    std::filesystem::path ca_file() const { return folder_.path() / "cert.pem"; }

    void stop();
    void start();  ///< again, on the same port

    /// What came, oldest first: mail_server.py says what is in it.
    std::vector<Json> mails() const;

    /// What goes wrong from now on: {"rcpt": "550 …"}, as mail_server.py says. An empty object: nothing.
    void rules(const Json& rules) const;

private:
    TemporaryFolder folder_;
    const Options options_;
    const ClosedPort held_;  ///< where it listens: nobody else gets the port while it is stopped
    pid_t pid_ = -1;
};

}  // namespace orderd::tests
