"""Android emulators from the SDK or from docker images: found, copied, started, reset by snapshot, ended."""
