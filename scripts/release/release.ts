import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root } from '../setup.mjs';

/** An unpacked application, and the folder that what is made of it goes to. */
export type Release = { readonly unpacked: string; readonly folder: string };
/** What was made, or why it was not. */
export type Made = { readonly file: string } | { readonly reason: string };

export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly name: string; readonly version: string; readonly description: string };

/** Runs a program of the system, its words on standard error. Resolves to null when it went well, else to why not; a program that is not here is a reason too. */
export const runTool = (program: string, argv: readonly string[], cwd?: string): Promise<string | null> =>
  new Promise((resolve) => {
    const child = spawn(program, argv, { stdio: ['ignore', process.stderr, process.stderr], ...(cwd === undefined ? {} : { cwd }) });
    child.on('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ENOENT' ? `${program} is not installed` : error.message));
    child.on('close', (code) => resolve(code === 0 ? null : `${program} ended with ${code}`));
  });

/** Writes SHA256SUMS beside the files and gives a line for each: size, digest, name. */
export const describeFiles = (files: readonly string[], folder: string): readonly string[] => {
  const sums = files.map((file) => ({ file, digest: createHash('sha256').update(readFileSync(file)).digest('hex') }));
  if (sums.length > 0) writeFileSync(join(folder, 'SHA256SUMS'), sums.map(({ file, digest }) => `${digest}  ${basename(file)}\n`).join(''));
  return sums.map(({ file, digest }) => `${(statSync(file).size / 1_000_000).toFixed(1)} MB  ${digest.slice(0, 12)}…  ${file}`);
};
