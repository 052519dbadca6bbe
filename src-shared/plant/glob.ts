/** Whether `word` fits `pattern`, in which `*` stands for any run of characters. Each part is looked for once, so that no pattern of a site file takes more than linear time. */
export const matchesGlob = (pattern: string, word: string): boolean => {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return word === pattern;
  if (!word.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = word.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return word.length - from >= last.length && word.endsWith(last);
};
