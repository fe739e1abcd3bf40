"""Resource types: their registry schemas and their handlers."""
