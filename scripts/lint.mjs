// Checks the code rules (oxlint, with types) and the direction of imports (dependency-cruiser) of a tree.
// `node scripts/lint.mjs [--json] [FOLDER]`; without a folder, this project. Exit 1 when a rule is broken.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { cruise } from 'dependency-cruiser';
import { Visitor } from '@swc/core/Visitor.js';
import { root as project } from './setup.mjs';

const ROOMS = ['src-shared', 'src-main', 'src-plant', 'src-preload', 'src-renderer', 'scripts', 'bench', 'e2e'];

const [json, folder] = [process.argv.includes('--json'), process.argv.slice(2).find((argument) => !argument.startsWith('--'))];
const root = resolve(folder ?? project);
const rooms = ROOMS.filter((room) => existsSync(join(root, room)));

// The visitor by which dependency-cruiser walks a file does not know `using` yet (swc 1.16) and throws at it.
const { visitStatement } = Visitor.prototype;
Visitor.prototype.visitStatement = function (statement) {
  if (statement.type !== 'UsingDeclaration') return visitStatement.call(this, statement);
  statement.decls = this.visitVariableDeclarators(statement.decls);
  return statement;
};

/** Violations of the code rules. */
const lintCode = async () => {
  const oxlint = join(project, 'node_modules/oxlint/bin/oxlint');
  const child = spawn(process.execPath, [oxlint, '--type-aware', '--format=json', ...rooms], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const output = (await child.stdout.toArray()).join('');
  const { diagnostics, number_of_files: files } = JSON.parse(output);
  return {
    files,
    violations: diagnostics.map(({ code, message, help, filename, labels }) => ({ rule: code ?? 'oxlint', file: filename, line: labels[0]?.span.line ?? 0, message: (help ? `${message} ${help}` : message).split('\n')[0] })),
  };
};

/** Violations of the direction of imports. */
const lintImports = async () => {
  const rules = createRequire(import.meta.url)(join(project, '.dependency-cruiser.cjs'));
  const { output } = await cruise(rooms, { ...rules.options, baseDir: root, validate: true, ruleSet: { forbidden: rules.forbidden } }, rules.options.enhancedResolveOptions);
  const { totalCruised, violations } = output.summary;
  return { modules: totalCruised, violations: violations.map(({ rule, from, to, cycle }) => ({ rule: rule.name, file: from, line: 0, message: `imports ${cycle ? cycle.map(({ name }) => name).join(' → ') : to}: ${rules.forbidden.find(({ name }) => name === rule.name).comment}` })) };
};

const [code, imports] = await Promise.all([lintCode(), lintImports()]);
const violations = [...code.violations, ...imports.violations];
// A checker that sees nothing finds nothing wrong: an empty walk is a failure (dependency-cruiser with the wrong parser did that).
const blind = code.files === 0 || imports.modules === 0;
if (json) console.log(JSON.stringify({ files: code.files, modules: imports.modules, violations }));
else {
  for (const { file, line, rule, message } of violations) console.log(`${file}${line > 0 ? `:${line}` : ''}  ${rule}  ${message}`);
  console.log(blind ? 'lint saw no files: its set-up is broken' : `lint: ${code.files} files, ${imports.modules} modules, ${violations.length} violations`);
}
process.exitCode = violations.length > 0 || blind ? 1 : 0;
