// Loaded before `cdk`, which reads the events of a stack every two seconds, and every five the stack's state and whether a
// change set is ready. The stand-in needs milliseconds for all of these, so most of a deployment would be sleep. Each request
// costs `cdk` and the stand-in some milliseconds of work.
const WAITS = new Set([2_000, 5_000]);
const wait = globalThis.setTimeout;
const quick = (call, ms, ...rest) => wait(call, WAITS.has(ms) ? 100 : ms, ...rest);
globalThis.setTimeout = Object.assign(quick, wait);
