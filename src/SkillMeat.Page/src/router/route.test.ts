import { expect, it } from 'vitest';
import { routeOf, to } from './route';

it.each(['default', 'a/b', '100%', 'ä ö', '..', '%2F'])('finds the artifact of the address that it made for %j', (name) => {
  expect(routeOf(to.artifact(name, `skill:${name}`, 'files'))).toEqual({
    screen: 'artifact',
    collection: name,
    id: `skill:${name}`,
    tab: 'files',
  });
});

it.each([
  ['/', 'home'],
  ['/collections/x', 'collection'],
  ['/collections/x/groups', 'groups'],
  ['/collections/x/snapshots', 'snapshots'],
  ['/deployments', 'deployments'],
  ['/deployments/more', 'unknown'],
  ['/collections', 'unknown'],
  ['/collections/x/else', 'unknown'],
  ['/%', 'unknown'],
])('%s is the screen %s', (path, screen) => {
  expect(routeOf(path).screen).toBe(screen);
});
