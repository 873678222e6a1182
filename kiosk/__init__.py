"""The terminal's core: visits, journeys, routing, documents, and the composition root."""
