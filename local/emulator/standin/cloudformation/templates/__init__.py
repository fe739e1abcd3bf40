"""Templates: parsing, references and intrinsic functions, without touching any resource."""
