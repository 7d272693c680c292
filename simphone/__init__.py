"""simphone: a simulated Android phone that any adb client takes for an emulator. Knows nothing of phonebench."""
