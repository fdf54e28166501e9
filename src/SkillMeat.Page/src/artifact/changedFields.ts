import type { Artifact, ArtifactEdit } from '../api/types';

export type DetailsForm = Record<'title' | 'description' | 'author' | 'license' | 'category' | 'tags', string>;

const names = ['title', 'description', 'author', 'license', 'category'] as const;

/** The artifact as the form shows it; tags are one on each line, because they may contain commas. */
export const formOf = (artifact: Artifact): DetailsForm => ({
  title: artifact.title ?? '',
  description: artifact.description ?? '',
  author: artifact.author ?? '',
  license: artifact.license ?? '',
  category: artifact.category ?? '',
  tags: artifact.tags.join('\n'),
});

/**
 * The fields that differ from the artifact; an emptied field becomes null, and only a description has several lines. Fields that nobody touched are never sent. Tags are added and removed one by one, so
 * that those of somebody else stay.
 */
export function changedFields(artifact: Artifact, form: DetailsForm): ArtifactEdit {
  const edit: ArtifactEdit = {};
  const before = formOf(artifact);
  for (const name of names) {
    if (form[name] === before[name]) continue;
    // The service takes no \r alone.
    const text = name === 'description' ? form[name].replace(/\r(?!\n)/g, '\n') : form[name].replace(/\s*[\r\n]+\s*/g, ' ');
    edit[name] = text.trim() || null;
  }
  if (form.tags !== before.tags) {
    // A tag that is there already may begin with a space.
    const tags = [
      ...new Set(
        form.tags
          .split('\n')
          .map((one) => (artifact.tags.includes(one) ? one : one.trim()))
          .filter(Boolean),
      ),
    ];
    const added = tags.filter((one) => !artifact.tags.includes(one));
    const removed = artifact.tags.filter((one) => !tags.includes(one));
    if (added.length > 0) edit.add_tags = added;
    if (removed.length > 0) edit.remove_tags = removed;
    if (added.length + removed.length === 0 && tags.join('\n') !== before.tags) edit.tags = tags;
  }
  return edit;
}
