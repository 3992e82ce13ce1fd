#pragma once

namespace orderd::tests {

/// The machine's clocks (steady, processor time, system): while it lives, they follow the run, so that nothing depends on
/// how fast the machine is. There is one at a time. On Linux alone; elsewhere they go on.
class MachineTime {
public:
    MachineTime() { begin(); }
    MachineTime(const MachineTime&) = delete;
    MachineTime& operator=(const MachineTime&) = delete;
    ~MachineTime() { end(); }

private:
#if defined(__linux__)
    static void begin();
    static void end();
#else
    static void begin() {}
    static void end() {}
#endif
};

}  // namespace orderd::tests
