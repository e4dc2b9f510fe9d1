"""The way in for providers' hints: a small listener that believes nothing but a proof of our own making."""
