#include "notify/smtp.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include "base/address.h"
#include "base/text.h"

namespace orderd::notify {

namespace {

/// The meaning of a reply's code (RFC 5321, section 4.2.3; RFC 4954, section 6; RFC 7504). The server's own
/// words are not shown: whoever can set the mail server's address must not be able to read what other
/// programs answer.
std::string_view meaning_of(int code) {
    struct Meaning {
        int code;
        std::string_view words;
    };
    static constexpr std::array kMeanings{
        Meaning{421, "it is not available, and closes the connection"},
        Meaning{450, "the mailbox is not available now, or the server wants a later retry"},
        Meaning{451, "it has a local problem"},
        Meaning{452, "it has no storage left now"},
        Meaning{454, "it cannot check passwords or start TLS now"},
        Meaning{500, "it does not know the command"},
        Meaning{501, "it does not accept the command's arguments"},
        Meaning{502, "it does not support the command"},
        Meaning{503, "it does not accept the command now"},
        Meaning{504, "it does not support that way to sign in"},
        Meaning{521, "it accepts no mail"},
        Meaning{530, "it requires a sign-in first"},
        Meaning{534, "it requires a stronger way to sign in, or an app password"},
        Meaning{535, "the username or the password is wrong"},
        Meaning{538, "it requires TLS before a sign-in"},
        Meaning{550, "there is no such mailbox, or its rules refuse it"},
        Meaning{551, "the mailbox is elsewhere"},
        Meaning{552, "the mailbox is full, or the mail too large"},
        Meaning{553, "it does not allow the address"},
        Meaning{554, "it refuses, often as unwanted mail or an unwanted sender"},
        Meaning{556, "the recipient's domain accepts no mail"},
    };
    const auto* found =
        std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& meaning) { return meaning.code == code; });
    return found != kMeanings.end() ? found->words : code < 500 ? "it refuses for now" : "it refuses";
}

/// Whether a line is a mail server's reply: "250 OK", "250-SIZE 1000".
bool is_reply(std::string_view line) {
    return line.size() >= 3 && line[0] >= '2' && line[0] <= '5' && is_digit(line[1]) && is_digit(line[2]) &&
           (line.size() == 3 || std::string_view(" -\r\n").find(line[3]) != std::string_view::npos);
}

/// The enhanced status that many servers send after the code ("5.1.1", RFC 3463), with a space before it;
/// empty if there is none.
std::string enhanced_status(std::string_view line) {
    line.remove_prefix(std::min<std::size_t>(4, line.size()));
    const auto word = line.substr(0, std::min(line.find_first_of(" \r\n"), line.size()));
    std::size_t dots = 0;
    std::size_t digits = 0;
    for (const char c : word) {
        if (c == '.' && digits > 0) {
            ++dots;
            digits = 0;
        } else if (!is_digit(c) || ++digits > 3) {
            return "";
        }
    }
    return dots == 2 && digits > 0 ? fmt::format(" {}", word) : "";
}

bool start_curl() {
    static const bool started = ::curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return started;
}

/// One conversation with a server.
class Call {
public:
    explicit Call(const SmtpServer& server) : server_(server), easy_(start_curl() ? ::curl_easy_init() : nullptr) {
        if (!easy_) {
            throw std::runtime_error("libcurl cannot be started");
        }
        const auto url = fmt::format("{}://{}:{}/{}", server.security == Security::tls ? "smtps" : "smtp",
                                     host_in_url(server.host), server.port, server.own_name);
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
        ::curl_easy_setopt(easy_.get(), CURLOPT_PROXY, "");  // ignores the environment's; works without proxy support
        set(CURLOPT_NOSIGNAL, 1L);
#if LIBCURL_VERSION_NUM >= 0x075700
        set(CURLOPT_QUICK_EXIT, 1L);  // an ended call does not wait for a running name look-up
#endif
        set(CURLOPT_ERRORBUFFER, trouble_.data());
        set(CURLOPT_USE_SSL, static_cast<long>(server.security == Security::none ? CURLUSESSL_NONE : CURLUSESSL_ALL));
        set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        set(CURLOPT_CAINFO, server.ca_file.c_str());
        if (!server.username.empty()) {
            set(CURLOPT_USERNAME, server.username.c_str());
            set(CURLOPT_PASSWORD, server.password.c_str());
        }
        set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server.answer_within.count()));
        const auto reply = server.reply_within.count() > 0 ? server.reply_within : server.answer_within;
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, static_cast<long>(std::chrono::ceil<std::chrono::seconds>(reply).count()));
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(server.whole_within.count()));
        set(CURLOPT_HEADERFUNCTION, &Call::on_reply);
        set(CURLOPT_HEADERDATA, this);
        set(CURLOPT_VERBOSE, 1L);
        set(CURLOPT_DEBUGFUNCTION, &Call::on_debug);
        set(CURLOPT_DEBUGDATA, this);
        set(CURLOPT_NOPROGRESS, 0L);
        set(CURLOPT_XFERINFOFUNCTION, &Call::on_progress);
        set(CURLOPT_XFERINFODATA, this);
    }

    void hand_over(const std::string& from, const std::string& to, std::string_view message) {
        left_ = message;
        const std::unique_ptr<curl_slist, Freer> recipients(::curl_slist_append(nullptr, to.c_str()));
        set(CURLOPT_MAIL_FROM, from.c_str());
        set(CURLOPT_MAIL_RCPT, recipients.get());
        set(CURLOPT_UPLOAD, 1L);
        set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(message.size()));
        set(CURLOPT_READFUNCTION, &Call::on_read);
        set(CURLOPT_READDATA, this);
        const auto result = ::curl_easy_perform(easy_.get());
        const bool taken = result == CURLE_OK || (answered_ && code_ >= 200 && code_ < 300);
        if (!taken) {
            fail(result);
        }
    }

    void ask_nothing() {
        set(CURLOPT_NOBODY, 1L);
        set(CURLOPT_CUSTOMREQUEST, "NOOP");
        if (const auto result = ::curl_easy_perform(easy_.get()); result != CURLE_OK) {
            fail(result);
        }
    }

private:
    struct Freer {
        void operator()(CURL* easy) const { ::curl_easy_cleanup(easy); }
        void operator()(curl_slist* list) const { ::curl_slist_free_all(list); }
    };

    template <class T>
    void set(CURLoption option, T value) {
        if (::curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) {
            throw std::runtime_error("this libcurl cannot send mail");
        }
    }

    /// Called with a line of a reply: "250-SIZE 1000" is followed by more, "250 OK" is not.
    static std::size_t on_reply(char* data, std::size_t size, std::size_t count, void* self) {
        auto& call = *static_cast<Call*>(self);
        const std::string_view line(data, size * count);
        if (call.leaves_) {
            return size * count;
        }
        if (!is_reply(line)) {
            call.is_other_ = true;
            return 0;  // ends the call: waiting for more is pointless
        }
        call.greeted_ = true;
        if (!call.continues_) {
            call.status_ = enhanced_status(line);
        }
        call.continues_ = line.size() > 3 && line[3] == '-';
        call.code_ = static_cast<int>(parse_integer(line.substr(0, 3)).value_or(0));
        call.answered_ = call.all_read_ && !call.continues_;
        return size * count;
    }

    /// Called with each sent command, to know which command a reply answers. Arguments are not kept.
    static int on_debug(CURL*, curl_infotype type, char* data, std::size_t size, void* self) {
        static constexpr std::array<std::string_view, 7> kCommands{"EHLO", "AUTH", "STAR", "MAIL",
                                                                   "RCPT", "DATA", "NOOP"};
        auto& call = *static_cast<Call*>(self);
        const auto command = std::string_view(data, size).substr(0, 4);
        if (type != CURLINFO_HEADER_OUT) {
            return 0;
        }
        if (std::find(kCommands.begin(), kCommands.end(), command) != kCommands.end()) {
            call.command_ = command;
        }
        call.leaves_ = command == "QUIT";  // its answer does not matter
        return 0;
    }

    static std::size_t on_read(char* buffer, std::size_t size, std::size_t count, void* self) {
        auto& call = *static_cast<Call*>(self);
        const auto piece = std::min(size * count, call.left_.size());
        std::memcpy(buffer, call.left_.data(), piece);
        call.left_.remove_prefix(piece);
        call.all_read_ = call.left_.empty();
        return piece;
    }

    static int on_progress(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
        const auto& stopped = static_cast<const Call*>(self)->server_.stopped;
        return stopped && stopped() ? 1 : 0;
    }

    std::string_view about() const {
        return command_ == "MAIL"   ? "does not accept mail from the shop's address"
               : command_ == "RCPT" ? "refused the recipient"
               : command_ == "DATA" ? "refused the mail"
                                    : "does not accept mail now";
    }

    [[noreturn]] void fail(CURLcode result) const {
        const bool replied = code_ >= 400 && !continues_ && (!all_read_ || answered_);
        std::string what;
        auto outcome = SmtpError::Outcome::not_sent;
        switch (result) {
            case CURLE_COULDNT_RESOLVE_HOST: what = "is not known: its name cannot be resolved"; break;
            case CURLE_COULDNT_CONNECT: what = "cannot be reached"; break;
            case CURLE_USE_SSL_FAILED: what = "does not offer STARTTLS; nothing is sent in clear text"; break;
            case CURLE_PEER_FAILED_VERIFICATION:
                what = fmt::format("has an invalid certificate: {}", trouble_.data());
                break;
            case CURLE_SSL_CACERT_BADFILE: what = "cannot be checked: there is no file of trusted certificates"; break;
            case CURLE_SSL_CONNECT_ERROR:
                what = "does not speak TLS there: is it the right port, and the right security?";
                break;
            case CURLE_LOGIN_DENIED:
                what = replied ? "refused the username or the password" : "offers no way to sign in that is known here";
                break;
            case CURLE_ABORTED_BY_CALLBACK: what = "was not waited for: orderd is stopping"; break;
            case CURLE_OPERATION_TIMEDOUT: what = "did not answer in time"; break;
            default: what = replied ? about() : "ended the conversation"; break;
        }
        if (is_other_) {
            what = "sends something else than mail replies: it is not a mail server";
        } else if (!greeted_ &&
                   (result == CURLE_RECV_ERROR || result == CURLE_GOT_NOTHING || result == CURLE_WEIRD_SERVER_REPLY)) {
            what = "closed the connection without a greeting: it is not a mail server";
        }
        if (replied && code_ >= 500 && (command_ == "RCPT" || command_ == "DATA")) {
            outcome = SmtpError::Outcome::refused;
        } else if (all_read_ && !replied) {
            outcome = SmtpError::Outcome::unknown;
        } else if (result == CURLE_COULDNT_RESOLVE_HOST || result == CURLE_COULDNT_CONNECT ||
                   result == CURLE_OPERATION_TIMEDOUT) {
            outcome = SmtpError::Outcome::unreachable;
        }
        const auto text = fmt::format("the mail server {}:{} {}", server_.host, server_.port, what);
        throw SmtpError(replied ? fmt::format("{}: {}{}, {}", text, code_, status_, meaning_of(code_)) : text, outcome);
    }

    const SmtpServer& server_;
    std::array<char, CURL_ERROR_SIZE> trouble_{};
    std::string_view left_;   ///< the rest of the message
    bool all_read_ = false;   ///< libcurl has the whole message
    bool answered_ = false;   ///< the server has answered the message
    std::string command_;     ///< the last one that was sent
    int code_ = 0;            ///< the last reply's code
    std::string status_;      ///< the last reply's enhanced_status()
    bool greeted_ = false;    ///< it greeted like a mail server
    bool is_other_ = false;   ///< it sent something that no mail server sends
    bool continues_ = false;  ///< more lines of the reply follow
    bool leaves_ = false;
    /// Declared last, so that it is destroyed first: it says goodbye to the server, and calls back once more.
    const std::unique_ptr<CURL, Freer> easy_;
};

}  // namespace

void send(const SmtpServer& server, const std::string& from, const std::string& to, std::string_view message) {
    Call(server).hand_over(from, to, message);
}

void reach(const SmtpServer& server) { Call(server).ask_nothing(); }

}  // namespace orderd::notify
