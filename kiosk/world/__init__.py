"""The invented world of the demonstration: people, cards and scenes for the simulators."""
