/**
 * The X.509 library uses a dependency injection container that reads the metadata of constructor parameters, and fails
 * to load without these two functions. Its classes have no such parameters, so returning undefined is correct.
 */
const metadata = Reflect as { getMetadata?: () => undefined; getOwnMetadata?: () => undefined };

metadata.getMetadata ??= () => undefined;
metadata.getOwnMetadata ??= () => undefined;
