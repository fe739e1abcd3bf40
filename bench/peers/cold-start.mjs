// The first call of a Lambda function: loads a bundle, passes one event to it, and ends when it has answered.
//   node cold-start.mjs BUNDLE EVENT
import { pathToFileURL } from 'node:url';

const [bundle, event] = process.argv.slice(2);
const { handler } = await import(pathToFileURL(bundle));
const answer = await handler(JSON.parse(event), { getRemainingTimeInMillis: () => 60_000 });
if (answer.refusal) throw new Error(answer.refusal.message);
process.exit(0);
