"""The deployment of templates: forward, back, and deletion."""
