"""What cards with contacts say: BER-TLV, APDUs and card numbers. No adapter uses it yet."""
