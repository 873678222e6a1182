"""What is seen: view models in Python, screens in QML, theme, keyboard, translations.

The only room that knows Qt. It meets the rest of the house through
:class:`kiosk.terminal_port.TerminalPort` alone.
"""
