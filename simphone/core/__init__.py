"""What the phone and its apps share: what an app is, files, dates."""
