// One Lambda execution environment: loads a bundle once and passes events to it, which arrive as lines of JSON.
//   node lambda-process.mjs BUNDLE TIMEOUT_MS [CHANCE]
import readline from 'node:readline';
import { pathToFileURL } from 'node:url';

const [bundle, timeoutMs, chance] = process.argv.slice(2);
if (chance) Math.random = () => Number(chance);
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (line) => process.stderr.write(line); // keep the logs of the function out of the answers
const { handler } = await import(pathToFileURL(bundle));

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { id, event } = JSON.parse(line);
  const end = Date.now() + Number(timeoutMs);
  Promise.resolve(handler(event, { getRemainingTimeInMillis: () => end - Date.now() }))
    .then(
      (answer) => ({ id, answer }),
      (error) => ({ id, error: { name: error.name, message: error.message, stack: error.stack } }),
    )
    .then((result) => write(`${JSON.stringify({ ...result, peakRssKiB: process.resourceUsage().maxRSS })}\n`));
}
process.exit(0);
