#include <elf.h>

#include <cstdint>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>

#include "paths.h"

namespace orderd {
namespace {

std::string executable() {
    std::ifstream file(tests::kExecutable, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

template <class Part>
Part part_at(const std::string& bytes, std::size_t offset) {
    REQUIRE(offset + sizeof(Part) <= bytes.size());
    Part part;
    std::memcpy(&part, bytes.data() + offset, sizeof part);
    return part;
}

}  // namespace

TEST_CASE("X23: the released executable is position independent, and its stack cannot be run") {
    if (!std::string_view(tests::kSanitizers).empty()) {
        SKIP("sanitizers link in a way of their own");
    }
    const auto bytes = executable();
    const auto head = part_at<Elf64_Ehdr>(bytes, 0);
    CHECK(head.e_type == ET_DYN);
    bool stack = false;
    bool relro = false;
    for (std::size_t i = 0; i < head.e_phnum; ++i) {
        const auto segment = part_at<Elf64_Phdr>(bytes, head.e_phoff + i * head.e_phentsize);
        if (segment.p_type == PT_GNU_STACK) {
            stack = true;
            CHECK((segment.p_flags & PF_X) == 0);
        }
        relro = relro || segment.p_type == PT_GNU_RELRO;
        if (segment.p_type == PT_LOAD) {
            CHECK((segment.p_flags & (PF_W | PF_X)) != (PF_W | PF_X));
        }
    }
    CHECK(stack);
    CHECK(relro);
}

#if defined(__x86_64__) && defined(NDEBUG) && defined(__GNUC__) && !defined(__clang__)
namespace {

std::size_t count(const std::string& bytes, std::string_view pattern) {
    std::size_t found = 0;
    for (auto at = bytes.find(pattern); at != std::string::npos; at = bytes.find(pattern, at + pattern.size())) {
        ++found;
    }
    return found;
}

}  // namespace

TEST_CASE("X23: functions of the released executable begin with a landing pad, and large stacks are probed") {
    const auto bytes = executable();
    // endbr64, without which an indirect jump to a function is refused by processors with CET. orderd has some 20,000
    // functions; the C library, which Debian builds without it, has a few of them in assembler.
    CHECK(count(bytes, "\xf3\x0f\x1e\xfa") > 5000);
    // orq $0x0,(%rsp): the probe of each page of a large frame.
    CHECK(count(bytes, std::string_view("\x48\x83\x0c\x24\x00", 5)) > 5);
}
#endif

}  // namespace orderd
