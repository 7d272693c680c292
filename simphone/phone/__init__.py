"""The phone itself: state, tasks, touch, keys, typing, system UI. `phone.Phone` is the door."""
