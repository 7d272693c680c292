"""Contact sheets: every screen that scripts pass, in both themes, for eyes to judge."""
