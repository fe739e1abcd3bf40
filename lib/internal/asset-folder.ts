import * as fs from 'node:fs';
import * as path from 'node:path';

/** From the sources as from the one file that is made of them. */
const packageFolder = (from: string): string =>
  fs.existsSync(path.join(from, 'package.json')) ? from : packageFolder(path.dirname(from));

/** The folder of something that the build has bundled, such as a handler. */
export const assetFolder = (name: string): string => path.join(packageFolder(__dirname), 'assets', name);
