"""Material widgets: pure functions of a Theme and their content that return Views (dialogs: Windows).

    box       column, row, frame, scroll_column, list_view, grid_view: containers, and the attributes all widgets take
    text      text, heading, section_header, divider
    image     icon, picture, avatar
    buttons   filled, tonal, outlined, text and icon buttons, chips
    controls  switch, checkbox, radio, checked_text, seek_bar, progress_bar, spinner
    fields    outlined, underlined and bare text fields, search bar
    bars      app bar, collapsing toolbar, tabs
    rows      list rows: plain, with switch, check box, radio button
    dialogs   alert, list of actions, choice, several choices, text input
    menus     popup menu, bottom sheet, navigation drawer
    feedback  snackbar, empty state
    nav       screen stack, dialogs and snackbar of an app; StackApp, the base of most apps
    time_picker, date_picker, platform_date_picker, fab, bottom_nav, card
    picking   what OK and Cancel of those pickers do in a StackApp

Every widget takes, besides its own arguments, the attributes of `box.Attrs` (id, margin, weight, on_tap ...).
"""
