// Loaded before a program that is ours to end: it ends when the process that started it does, however that ended.
process.stdin.on('end', () => process.exit(1));
process.stdin.resume();
process.stdin.unref?.(); // and never keeps the program from ending by itself
