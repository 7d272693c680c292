"""An MCP server over phones: any client of the Model Context Protocol can look at a screen and act on it."""
