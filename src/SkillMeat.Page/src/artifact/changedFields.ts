import type { Artifact, ArtifactEdit } from '../api/types';

type Form = Record<'title' | 'description' | 'author' | 'license' | 'category' | 'tags', string>;

/** The fields that differ from the artifact; an emptied field becomes null. Fields that nobody touched are never sent. */
export function changedFields(artifact: Artifact, form: Form): ArtifactEdit {
  const edit: ArtifactEdit = {};
  for (const name of ['title', 'description', 'author', 'license', 'category'] as const) {
    if (form[name] !== (artifact[name] ?? '')) edit[name] = form[name].trim() || null;
  }
  if (form.tags !== artifact.tags.join(', '))
    edit.tags = [
      ...new Set(
        form.tags
          .split(',')
          .map((one) => one.trim())
          .filter(Boolean),
      ),
    ];
  return edit;
}
