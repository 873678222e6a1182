"""What a terminal is told: settings, trims, the service catalogue, divisions, the working-day calendar."""
