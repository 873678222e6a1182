"""Look-up codes for visit and screens, which do not know the portal: made, read and shown alike."""

from portal.codes import LENGTH, claim_ticket, lookup_code, shown_lookup_code, typed_code

__all__ = ["LENGTH", "claim_ticket", "lookup_code", "shown_lookup_code", "typed_code"]
