"""The device side of adb: what makes a simulated phone an emulator for any adb client.

wire -> transport -> services (shell, sync, framebuffer ...) answer an adb server; console is the emulator console on
the port below; announce tells an adb server of the phones; host holds the phones of a process.
"""
