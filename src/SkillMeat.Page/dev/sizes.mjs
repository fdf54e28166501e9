// Prints the compressed size of every script and style sheet of the build, and fails above the limit.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const limit = 250_000;
const folder = join(import.meta.dirname, '../dist/assets');
let scripts = 0;
for (const name of readdirSync(folder).sort()) {
  const size = gzipSync(readFileSync(join(folder, name)), { level: 9 }).length;
  if (name.endsWith('.js')) scripts += size;
  console.log(`${String(size).padStart(8)}  ${name}`);
}
console.log(`${String(scripts).padStart(8)}  all scripts (limit ${limit})`);
if (scripts > limit) process.exitCode = 1;
