import * as path from 'node:path';

/** The folder of something that the build has bundled, such as a handler. */
export const assetFolder = (name: string): string => path.join(__dirname, '..', '..', 'assets', name);
