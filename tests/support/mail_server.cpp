#include "support/mail_server.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <stdexcept>

#include "paths.h"

extern char** environ;  // NOLINT: POSIX names it so

namespace orderd::tests {

MailServer::MailServer(const Options& options) : options_(options) {
    if (options_.security != "none") {
        const auto made = self_signed();
        std::ofstream(folder_.path() / "cert.pem") << made.certificate;
        std::ofstream(folder_.path() / "key.pem") << made.key;
    }
    start();
}

MailServer::~MailServer() { stop(); }

void MailServer::start() {
    std::vector<std::string> words{"/usr/bin/python3",
                                   std::string(tests::kSourceFolder) + "/tests/support/mail_server.py",
                                   folder_.path().string(), std::to_string(port()), options_.security};
    if (!options_.username.empty()) {
        words.push_back(options_.username);
        words.push_back(options_.password);
    }
    std::vector<char*> argv;
    for (auto& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);

    std::array<int, 2> out{};
    if (::pipe2(out.data(), O_CLOEXEC) != 0) {
        throw std::runtime_error("no pipe can be made");
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
    const int failed = ::posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    std::string line;
    char c = 0;
    while (failed == 0 && ::read(out[0], &c, 1) == 1 && c != '\n') {
        line += c;
    }
    ::close(out[0]);
    if (line.empty()) {
        throw std::runtime_error("the mail server does not start: is python3-aiosmtpd there?");
    }
}

void MailServer::stop() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }
}

std::vector<Json> MailServer::mails() const {
    std::vector<Json> found;
    std::ifstream file(folder_.path() / "mails");
    for (std::string line; std::getline(file, line);) {
        found.push_back(Json::parse(line));
    }
    return found;
}

void MailServer::rules(const Json& rules) const { std::ofstream(folder_.path() / "rules") << rules.dump(); }

}  // namespace orderd::tests
