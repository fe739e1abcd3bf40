"""Resource types of the services around MSK, on what MiniStack has of them."""
