// Preloaded into a child process: ends it when its parent ends, even if the parent is killed.
process.stdin.on('end', () => process.exit(1));
process.stdin.resume();
process.stdin.unref?.(); // does not keep the program alive
