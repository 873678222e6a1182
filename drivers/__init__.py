"""Device adapters for self-service terminals; usable by any program, knows no kiosk.

Ports (:mod:`drivers.ports`) say what a program needs of a kind of device; adapters implement them;
a *device host* (:mod:`drivers.host`) runs each adapter in a supervised child process.
"""
