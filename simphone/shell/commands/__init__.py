"""The commands of the simulated phone's shell, one module a family."""
