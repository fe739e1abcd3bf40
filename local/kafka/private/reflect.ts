/**
 * The X.509 library keeps its parts in a container that asks for the metadata of constructor parameters, and refuses to
 * load without the two functions. Its parts have no such parameters, so "nothing is known" is the right answer.
 */
const metadata = Reflect as { getMetadata?: () => undefined; getOwnMetadata?: () => undefined };

metadata.getMetadata ??= () => undefined;
metadata.getOwnMetadata ??= () => undefined;
