"""Resource types of other services, based on MiniStack's implementation of these services."""
