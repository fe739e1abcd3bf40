"""Lambda functions of Node.js runtimes: several processes a function, as AWS has several environments."""
