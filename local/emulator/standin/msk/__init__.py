"""Amazon MSK: its resource types, its refusals and the part of its API that Lambdas and the CLI call."""
