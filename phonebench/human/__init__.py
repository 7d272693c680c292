"""Where a person sits who drives the phone: a terminal, or a local web page."""
