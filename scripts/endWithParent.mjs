// `--import` of every child: a child whose parent died, however it died, ends too.
if (process.channel) {
  process.channel.unref();
  process.on('disconnect', () => process.exit(0));
}
