import { expect, it } from 'vitest';
import type { Artifact } from '../api/types';
import { changedFields } from './changedFields';

const artifact = {
  title: 'PDF',
  description: null,
  author: 'ada',
  license: null,
  category: null,
  tags: ['a', 'b'],
} as Partial<Artifact> as Artifact;
const form = { title: 'PDF', description: '', author: 'ada', license: '', category: '', tags: 'a, b' };

it('sends nothing that nobody touched', () => {
  expect(changedFields(artifact, form)).toEqual({});
});

it('sends what changed, and null for what was emptied', () => {
  expect(changedFields(artifact, { ...form, title: '', description: ' New ', tags: 'a,c, ,a' })).toEqual({
    title: null,
    description: 'New',
    tags: ['a', 'c'],
  });
});
