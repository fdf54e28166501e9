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

it('sends what changed, a description with its lines and all else on one, and null for what was emptied', () => {
  const edit = changedFields(artifact, { ...form, title: ' ', author: 'Ada\r\n Lovelace', description: ' New\r\ntext\nof\rfour lines ' });
  expect(edit).toEqual({ title: null, author: 'Ada Lovelace', description: 'New\r\ntext\nof\nfour lines' });
});

it('adds and removes tags, and sends all of them for another order alone', () => {
  expect(changedFields(artifact, { ...form, tags: 'a\n b, c\n d\n\nnew \na' })).toEqual({ add_tags: ['new'] });
  expect(changedFields(artifact, { ...form, tags: 'a\n d' })).toEqual({ remove_tags: ['b, c'] });
  expect(changedFields(artifact, { ...form, tags: ' d\na\nb, c' })).toEqual({ tags: [' d', 'a', 'b, c'] });
});
