#pragma once

/// What the build tells the tests about itself.
namespace orderd::tests {

extern const char* const kExecutable;    ///< the orderd that was built beside the tests
extern const char* const kSourceFolder;  ///< the top of the source tree
extern const char* const kSanitizers;    ///< as in "address,undefined"; empty if there are none

}  // namespace orderd::tests
