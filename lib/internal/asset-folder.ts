import * as fs from 'node:fs';
import * as path from 'node:path';

/** The nearest folder with a package.json, since the sources and the bundle made from them lie at different depths. */
const packageFolder = (from: string): string =>
  fs.existsSync(path.join(from, 'package.json')) ? from : packageFolder(path.dirname(from));

/** The folder of an asset that the build has bundled, such as a handler. */
export const assetFolder = (name: string): string => path.join(packageFolder(__dirname), 'assets', name);
