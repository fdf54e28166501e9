import { expect, it } from 'vitest';
import type { Artifact } from '../api/types';
import { changedFields, formOf } from './changedFields';

const artifact = {
  title: 'PDF',
  description: 'two\nlines',
  author: 'ada',
  license: null,
  category: null,
  tags: ['a', 'b, c', ' d'],
} as Partial<Artifact> as Artifact;
const form = formOf(artifact);

it('sends nothing that nobody touched', () => {
  expect(changedFields(artifact, form)).toEqual({});
});

it('sends what changed on one line, and null for what was emptied', () => {
  expect(changedFields(artifact, { ...form, title: ' ', description: ' New \n text ' })).toEqual({ title: null, description: 'New text' });
});

it('adds and removes tags, and sends all of them for another order alone', () => {
  expect(changedFields(artifact, { ...form, tags: 'a\n b, c\n d\n\nnew \na' })).toEqual({ add_tags: ['new'] });
  expect(changedFields(artifact, { ...form, tags: 'a\n d' })).toEqual({ remove_tags: ['b, c'] });
  expect(changedFields(artifact, { ...form, tags: ' d\na\nb, c' })).toEqual({ tags: [' d', 'a', 'b, c'] });
});
