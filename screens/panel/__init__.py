"""The demonstration's second window and the robot that touches the first one. Not for terminals."""
