"""The Android shell of the simulated phone: an mksh-like interpreter and its commands. Never touches the host."""
