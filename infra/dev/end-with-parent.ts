// Loaded into a child process before its own code. Its channel to the process that started it is closed by the kernel, whatever
// that process ended by: SIGKILL too.
process.on('disconnect', () => process.exit(1));
// It need not live for that.
process.channel?.unref();
