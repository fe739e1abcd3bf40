// Loaded before `cdk`, which looks every two seconds whether CloudFormation is done, and every five whether a change set is
// there. The stand-in needs milliseconds for either, so that most of a deployment would be sleep; each look costs it and `cdk`
// some milliseconds of work.
const WAITS = new Set([2_000, 5_000]);
const wait = globalThis.setTimeout;
const quick = (call, ms, ...rest) => wait(call, WAITS.has(ms) ? 100 : ms, ...rest);
globalThis.setTimeout = Object.assign(quick, wait);
