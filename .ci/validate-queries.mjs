// Validates every .graphql file of a folder against GitHub's published schema.
// node validate-queries.mjs <folder with node_modules> <folder with queries>
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, queries] = process.argv.slice(2);
const load = path => import(pathToFileURL(join(modules, 'node_modules', path)).href);
const { schema } = await load('@octokit/graphql-schema/index.js');
const { buildSchema, parse, validate } = await load('graphql/index.mjs');

// GitHub's published schema defines a field twice; that is not what is checked here.
const built = buildSchema(schema.idl, { assumeValid: true, assumeValidSDL: true });
const files = readdirSync(queries).filter(f => f.endsWith('.graphql'));
let wrong = files.length === 0 ? 1 : 0;
for (const file of files) {
  const errors = validate(built, parse(readFileSync(join(queries, file), 'utf8')));
  wrong += errors.length;
  for (const error of errors) console.log(`${file}: ${error.message}`);
}
console.log(`${files.length} queries, ${wrong} errors`);
process.exit(wrong === 0 ? 0 : 1);
