import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '../api/ApiProblem';
import { keys } from '../api/keys';
import { artifactPath } from '../api/paths';
import { request } from '../api/request';
import type { Artifact, ArtifactEdit } from '../api/types';
import { Alert } from '../ui/Alert';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextArea } from '../ui/TextArea';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';
import { changedFields, formOf, type DetailsForm } from './changedFields';

/** Edits what the collection says about an artifact. An edit of somebody else's in between is told, not overwritten. */
export function EditDialog({
  artifact,
  version,
  isGone = false,
  onClose,
}: {
  artifact: Artifact;
  version: string | null;
  /** Whether the collection does not have it any more. */
  isGone?: boolean;
  onClose: () => void;
}) {
  const [first] = useState({ artifact, version });
  const [form, setForm] = useState(() => formOf(artifact));
  const client = useQueryClient();
  const { show } = useToast();
  const edit = changedFields(first.artifact, form);
  const save = useMutation({
    mutationFn: ({ body, known }: { body: ArtifactEdit; known: string | null }) =>
      request(artifactPath(artifact.collection, artifact.artifact_id), { method: 'PUT', body, version: known }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.collection(artifact.collection) });
      show({ title: 'The details were saved' });
      onClose();
    },
    onError: (error) => {
      if (error instanceof ApiProblem && error.status === 412)
        void client.invalidateQueries({ queryKey: keys.artifact(artifact.collection, artifact.artifact_id) });
    },
  });
  const isStale = save.error instanceof ApiProblem && save.error.status === 412;
  const field = (name: keyof DetailsForm) => ({
    value: form[name],
    onChange: (event: { target: { value: string } }) => setForm({ ...form, [name]: event.target.value }),
  });
  return (
    <Dialog
      open
      keepsOpen
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="md"
      title={`Edit ${artifact.name}`}
      description={
        artifact.upstream === null
          ? 'These details are kept in the collection. The artifact’s own files stay as they are.'
          : 'These details are kept in the collection, and a refresh or an update keeps them. A text that you empty comes from upstream again. The artifact’s own files stay as they are.'
      }
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="primary"
            busy={save.isPending}
            disabled={isGone || Object.keys(edit).length === 0}
            onClick={() => save.mutate({ body: edit, known: isStale ? version : first.version })}
          >
            {isStale ? 'Save my changes anyway' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="space-y-4">
        {isGone && (
          <Alert>The artifact is no longer in the collection, and nothing can be saved. Your text is still here, to copy it.</Alert>
        )}
        {save.error && !isGone && (
          <Alert>
            {isStale
              ? 'Somebody else changed this artifact since you opened it. Your text is still here; saving changes only the fields that you edited.'
              : save.error.message}
          </Alert>
        )}
        <TextField label="Title" {...field('title')} placeholder={artifact.name} />
        <TextArea label="Description" value={form.description} onText={(description) => setForm({ ...form, description })} />
        <TextArea label="Tags, one on each line" value={form.tags} onText={(tags) => setForm({ ...form, tags })} />
        <div className="grid gap-4 sm:grid-cols-3">
          <TextField label="Author" {...field('author')} />
          <TextField label="Licence" {...field('license')} />
          <TextField label="Category" {...field('category')} />
        </div>
      </div>
    </Dialog>
  );
}
