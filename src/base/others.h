#pragma once

namespace orderd {

/// The rest of a shop that has no threads. Where a thread would sleep until others have done something, it lets them go
/// on instead, on its own stack. A simulation hands one in, and so decides what happens in which order.
class Others {
public:
    virtual ~Others() = default;

    /// Lets something happen: another request, a job. @returns whether something did; false: nothing is to be waited
    /// for any longer
    virtual bool go_on() = 0;
};

}  // namespace orderd
