"""Resource types: their registry schemas, and the handlers that carry them out."""
