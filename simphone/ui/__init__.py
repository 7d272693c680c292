"""The UI toolkit: Views, layout, pixels, XML and hit-testing of the simulated phone."""
