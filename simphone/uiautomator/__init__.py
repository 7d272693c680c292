"""What the uiautomator2 client finds on a phone: a JSON-RPC server behind a TCP port of the device."""
