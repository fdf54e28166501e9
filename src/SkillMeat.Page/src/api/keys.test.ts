import { expect, it } from 'vitest';
import { isOld, keys } from './keys';
import type { HomeChange } from './types';

const old = (change: Partial<HomeChange>, key: readonly unknown[]): boolean =>
  isOld({ kinds: [], collections: [], all: false, ...change }, key);

it('makes the named collections old, and the list of all', () => {
  const change = { kinds: ['collections'], collections: ['work'] };
  expect(old(change, keys.collections)).toBe(true);
  expect(old(change, keys.collection('work'))).toBe(true);
  expect(old(change, keys.groups('work'))).toBe(true);
  expect(old(change, keys.collection('default'))).toBe(false);
  expect(old(change, keys.deployments({ q: 'x' }))).toBe(true);
});

it('makes what marketplaces offer old, which tells what a collection has', () => {
  const change = { kinds: ['collections'], collections: ['work'] };
  expect(old(change, keys.marketplaceArtifacts({ q: 'pdf' }))).toBe(true);
  expect(old(change, keys.marketplaces)).toBe(true);
  expect(old({ kinds: ['projects'] }, keys.marketplaces)).toBe(false);
});

it('makes all collections old where none is named', () => {
  expect(old({ kinds: ['collections'] }, keys.artifacts('default', {}))).toBe(true);
});

it('makes the snapshots of the named collections old', () => {
  const change = { kinds: ['snapshots'], collections: ['work'] };
  expect(old(change, keys.snapshots('work'))).toBe(true);
  expect(old(change, keys.snapshot('work', 's1'))).toBe(true);
  expect(old(change, keys.artifactPart('work', 'skill:pdf', 'versions'))).toBe(true);
  expect(old(change, keys.snapshots('default'))).toBe(false);
  expect(old(change, keys.groups('work'))).toBe(false);
  expect(old({ kinds: ['snapshots'] }, keys.snapshots('default'))).toBe(true);
});

it('makes the counts of deployments old after a change of projects', () => {
  const change = { kinds: ['projects'] };
  expect(old(change, keys.deployments())).toBe(true);
  expect(old(change, keys.artifacts('default', { q: 'x' }))).toBe(true);
  expect(old(change, keys.artifact('default', 'skill:pdf'))).toBe(true);
  expect(old(change, keys.artifactPart('default', 'skill:pdf', 'deployments'))).toBe(true);
  expect(old(change, keys.artifactPart('default', 'skill:pdf', 'conflict', 'SKILL.md'))).toBe(false);
  expect(old(change, keys.groups('default'))).toBe(false);
});

it('makes everything old where the change says so', () => {
  expect(old({ all: true }, keys.info)).toBe(true);
  expect(old({ all: true, kinds: ['projects'] }, keys.groups('default'))).toBe(true);
});

it('passes on kinds that it does not know', () => {
  expect(old({ kinds: ['settings'] }, keys.settings)).toBe(true);
  expect(old({ kinds: ['settings'] }, keys.info)).toBe(false);
});
