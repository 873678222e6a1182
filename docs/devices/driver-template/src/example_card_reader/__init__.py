"""A driver for an invented ID-card reader: the template for drivers of real ones."""

from example_card_reader.adapter import ExampleCardReader

__all__ = ["ExampleCardReader"]
