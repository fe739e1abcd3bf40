"""Templates: what they say, refer to and compute, without a resource being touched."""
