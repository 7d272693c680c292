"""What the phone itself draws: bars, keyboard, shade, recents, toast, volume. Views, and what their messages do."""
