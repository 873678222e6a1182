"""Which devices are attached, where, and under which name they are found again.

``inventory`` reads the attached ports from sysfs, ``binding`` names one of them by what does not
change (vendor and product, serial number, socket), ``locate`` finds the port a binding names,
``watch`` tells of what comes and goes. See ``docs/devices/hot-plug.md``.

Import from the modules: a device host needs only some of them, and starts the sooner for it.
"""
