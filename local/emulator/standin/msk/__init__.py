"""Amazon MSK: its resource types, its validation, and the part of its API that Lambda functions and the CLI call."""
