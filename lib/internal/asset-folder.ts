import * as fs from 'node:fs';
import * as path from 'node:path';

/** The folder of something that the build has bundled, such as a handler. */
export const assetFolder = (name: string): string => path.join(packageFolder(__dirname), 'assets', name);

/** The package has all code in one file, and the sources have one file each, at different depths. */
function packageFolder(from: string): string {
  const parent = path.dirname(from);
  return parent === from || fs.existsSync(path.join(from, 'package.json')) ? from : packageFolder(parent);
}
