/** The bodies of the service, named as its JSON names them. `npm run types` writes the whole contract to schema.ts from openapi.json. */

export type * from './artifacts';
export type * from './cache';
export type * from './changes';
export type * from './collections';
export type * from './deployments';
export type * from './groups';
export type * from './service';
export type * from './snapshots';
