#pragma once

#include <httplib.h>

#include "api/exchange.h"

namespace orderd::api {

class Server;

/// cpp-httplib's server, as far as it is used: it reads one request from a connection, calls back, and writes one
/// answer. It neither accepts nor holds connections, and it routes nothing. Thread-safe once it is made.
class Protocol final : public httplib::Server {
public:
    explicit Protocol(api::Server& server);

    /// Reads the request whose head the connection has, and answers it. Its routing and its answer are `server`'s.
    ///
    /// @returns whether the answer went out whole
    /// @throws Refusal for a request that cannot be answered as one; nothing was sent
    bool speak(Exchange& exchange);

private:
    void take_body(Exchange& exchange, const httplib::ContentReader& reader);
    void give(Exchange& exchange, httplib::Response& response) const;
    void give_stream(Exchange& exchange, httplib::Response& response) const;
    bool send_pieces(Exchange& exchange, httplib::DataSink& sink) const;
    ssize_t write_headers(httplib::Stream& stream, const httplib::Headers& headers) const;

    api::Server& server_;
};

}  // namespace orderd::api
