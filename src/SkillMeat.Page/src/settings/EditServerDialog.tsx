import { useState } from 'react';
import type { McpEntry, Named } from '../api/types';
import { isSame } from '../groups/changeShown';
import { FormDialog } from '../ui/FormDialog';
import { isEdited } from '../ui/isEdited';
import { TextArea } from '../ui/TextArea';
import { TextField } from '../ui/TextField';
import { useDefinitionEdit } from './useDefinitionEdit';
import { VariableFields } from './VariableFields';
import { changedVariables, variableProblem, variablesOf } from './variables';

interface EditServerDialogProps {
  collection: string;
  path: string;
  entry: Named<McpEntry>;
  onClose: () => void;
}

const namesOf = (server: McpEntry): string[] => Object.keys(server.env_vars).sort();

/** The values of a server that the dialog shows. */
export const isSameServer = (now: McpEntry, shown: McpEntry): boolean =>
  now.repo === shown.repo && now.version === shown.version && now.description === shown.description && isSame(namesOf(now), namesOf(shown));

/** Edits an MCP server that the manifest names. */
export function EditServerDialog({ collection, path, entry, onClose }: EditServerDialogProps) {
  const [texts, setTexts] = useState({
    name: entry.name,
    repo: entry.repo ?? '',
    version: entry.version ?? '',
    description: entry.description ?? '',
  });
  const [variables, setVariables] = useState(() => variablesOf(namesOf(entry)));
  const changed = changedVariables(variables);
  const wrong = variableProblem(variables);
  const { save, problem } = useDefinitionEdit<McpEntry>({
    collection,
    path,
    kind: 'MCP server',
    entry,
    isShown: isSameServer,
    // Only what was edited here is sent, so that an edit of something else stays.
    bodyOf: () => ({
      ...(isEdited(texts.name, entry.name) ? { name: texts.name.trim() } : {}),
      ...(isEdited(texts.repo, entry.repo ?? '') ? { repo: texts.repo.trim() } : {}),
      ...(isEdited(texts.version, entry.version ?? '') ? { version: texts.version.trim() || null } : {}),
      ...(isEdited(texts.description, entry.description ?? '') ? { description: texts.description.trim() || null } : {}),
      ...(Object.keys(changed).length === 0 ? {} : { env_vars: changed }),
    }),
    onClose,
  });
  const field = (name: keyof typeof texts) => ({
    value: texts[name],
    onChange: (event: { target: { value: string } }) => setTexts({ ...texts, [name]: event.target.value }),
  });
  return (
    <FormDialog
      title={`Edit the MCP server ${entry.name}`}
      action="Save"
      busy={save.isPending}
      isReady={texts.name.trim() !== '' && (texts.repo.trim() !== '' || entry.repo === null) && wrong === null}
      onSubmit={save.mutate}
      onClose={onClose}
    >
      <TextField label="Name" autoComplete="off" {...field('name')} problem={problem} />
      <TextField label="Repository" autoComplete="off" spellCheck={false} {...field('repo')} />
      <TextField label="Version" autoComplete="off" spellCheck={false} {...field('version')} />
      <TextArea label="Description" value={texts.description} onText={(description) => setTexts({ ...texts, description })} />
      <VariableFields variables={variables} onChange={setVariables} />
      {wrong && (
        <p role="alert" className="text-sm text-bad">
          {wrong}
        </p>
      )}
    </FormDialog>
  );
}
