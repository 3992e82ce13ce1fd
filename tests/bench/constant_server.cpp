// What GET /products is checked against: cpp-httplib answering the same bytes to everyone. A thread for each
// connection, and connections that stay, so that it is at its best with 64 of them.
//
//   bench_constant_server FILE     answers / with the file's bytes; prints its port

#include <httplib.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <limits>
#include <string>

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "bench_constant_server FILE\n";
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    const std::string body{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    httplib::Server server;
    server.new_task_queue = [] { return new httplib::ThreadPool(80); };
    server.set_keep_alive_max_count(std::numeric_limits<std::size_t>::max());
    server.Get("/", [&](const httplib::Request&, httplib::Response& response) {
        response.set_content(body, "application/json");
    });
    const int port = server.bind_to_any_port("127.0.0.1");
    std::cout << port << std::endl;
    return server.listen_after_bind() ? 0 : 1;
}
