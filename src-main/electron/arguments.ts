const OURS = /^--(site|scenario|port|data-dir|shell|log-level)(=|$)/;

/** Those arguments of the command line that are the station's; Electron puts Chromium's among them, and its own program and folder before. */
export const ownArguments = (argv: readonly string[]): readonly string[] =>
  argv.flatMap((argument, place) => {
    if (!OURS.test(argument)) return [];
    const value = argv[place + 1];
    return argument.includes('=') || value === undefined ? [argument] : [argument, value];
  });
