// libFuzzer's side of orderd_fuzz (https://llvm.org/docs/LibFuzzer.html): ORDERD_FUZZ names the target. tests/fuzz.sh
// runs it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iostream>

#include "base/log.h"
#include "fuzz/target.h"

namespace {

const orderd::fuzz::Target* chosen = nullptr;

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* /*count*/, char*** /*arguments*/) {
    const char* name = std::getenv("ORDERD_FUZZ");
    chosen = orderd::fuzz::find_target(name == nullptr ? "" : name);
    if (chosen == nullptr) {
        for (const auto& target : orderd::fuzz::targets()) {
            std::cout << target.name << '\n';
        }
        std::cout.flush();
        std::_Exit(name == nullptr ? 0 : 2);
    }
    orderd::log::set_level(orderd::log::Level::error);
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    chosen->run({reinterpret_cast<const char*>(bytes), size});
    return 0;
}
