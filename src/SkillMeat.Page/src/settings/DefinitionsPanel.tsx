import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { collectionPath, segment } from '../api/paths';
import { request, requestItems } from '../api/request';
import { changeShown } from '../groups/changeShown';
import { GroupDot } from '../groups/GroupDot';
import { useCurrentCollection } from '../shell/useCurrentCollection';
import { Badge } from '../ui/Badge';
import { Button } from '../ui/Button';
import { IconButton } from '../ui/IconButton';
import { Panel } from '../ui/Panel';
import { Skeleton } from '../ui/Skeleton';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';
import { visibleText } from '../ui/visibleText';

interface TagDefinition {
  name: string;
  color: string | null;
  description: string | null;
}

interface McpServer {
  name: string;
  repo: string | null;
  version: string | null;
  description: string | null;
  status: string | null;
}

/** Tags and MCP servers that the manifest of the collection defines. */
export function DefinitionsPanel() {
  const collection = useCurrentCollection() ?? 'default';
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
      <Tags collection={collection} />
      <Servers collection={collection} />
    </div>
  );
}

function Tags({ collection }: { collection: string }) {
  const path = `${collectionPath(collection)}/tag-definitions`;
  const key = [...keys.collection(collection), 'tags'];
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const client = useQueryClient();
  const { fail } = useToast();
  const { data, error } = useQuery({ queryKey: key, queryFn: ({ signal }) => requestItems<TagDefinition>(path, { signal }) });
  const settled = () => client.invalidateQueries({ queryKey: key });
  const add = useMutation({
    mutationFn: () =>
      request(path, {
        method: 'POST',
        body: { name: name.trim(), ...(description.trim() ? { description: description.trim() } : {}) },
      }),
    onSuccess: () => {
      setName('');
      setDescription('');
    },
    onError: (problem) => fail(problem, 'The tag was not added'),
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: (shown: TagDefinition) =>
      changeShown<TagDefinition>(`${path}/${segment(shown.name)}`, {
        method: 'DELETE',
        isShown: (now) => now.color === shown.color && now.description === shown.description,
      }),
    onError: (problem) => fail(problem, 'The tag was not deleted'),
    onSettled: settled,
  });
  return (
    <Panel title={`Tags of ${collection}`} flush>
      {error ? (
        <p role="alert" className="p-4 text-sm text-bad">
          {error.message}
        </p>
      ) : !data ? (
        <div className="p-4">
          <Skeleton className="h-12" />
        </div>
      ) : (
        <ul className="divide-y">
          {data.map((one) => (
            <li key={one.name} className="flex items-center gap-3 px-4 py-2">
              <GroupDot colour={one.color} />
              <span className="min-w-0 flex-1">
                <span className="block truncate text-base font-medium">{visibleText(one.name)}</span>
                {one.description && <span className="block truncate text-sm text-ink-3">{visibleText(one.description)}</span>}
              </span>
              <IconButton label={`Delete the tag ${one.name}`} icon={Trash2} className="size-8" onClick={() => remove.mutate(one)} />
            </li>
          ))}
          {data.length === 0 && (
            <li className="px-4 py-3 text-base text-ink-3">No tag is described yet. Artifacts can have tags all the same.</li>
          )}
        </ul>
      )}
      <form
        className="flex flex-wrap items-end gap-2 border-t p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) add.mutate();
        }}
      >
        <TextField
          label="Name"
          className="min-w-0 flex-1 basis-28"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Description"
          className="min-w-0 flex-1 basis-36"
          autoComplete="off"
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <Button type="submit" icon={Plus} busy={add.isPending} disabled={!name.trim()}>
          Add
        </Button>
      </form>
    </Panel>
  );
}

function Servers({ collection }: { collection: string }) {
  const path = `${collectionPath(collection)}/mcp-servers`;
  const key = [...keys.collection(collection), 'servers'];
  const [name, setName] = useState('');
  const [repo, setRepo] = useState('');
  const client = useQueryClient();
  const { fail } = useToast();
  const { data, error } = useQuery({ queryKey: key, queryFn: ({ signal }) => requestItems<McpServer>(path, { signal }) });
  const settled = () => client.invalidateQueries({ queryKey: key });
  const add = useMutation({
    mutationFn: () => request(path, { method: 'POST', body: { name: name.trim(), repo: repo.trim() } }),
    onSuccess: () => {
      setName('');
      setRepo('');
    },
    onError: (problem) => fail(problem, 'The server was not added'),
    onSettled: settled,
  });
  const remove = useMutation({
    mutationFn: (shown: McpServer) =>
      changeShown<McpServer>(`${path}/${segment(shown.name)}`, {
        method: 'DELETE',
        isShown: (now) => now.repo === shown.repo && now.version === shown.version,
      }),
    onError: (problem) => fail(problem, 'The server was not deleted'),
    onSettled: settled,
  });
  return (
    <Panel title={`MCP servers of ${collection}`} flush>
      {error ? (
        <p role="alert" className="p-4 text-sm text-bad">
          {error.message}
        </p>
      ) : !data ? (
        <div className="p-4">
          <Skeleton className="h-12" />
        </div>
      ) : (
        <ul className="divide-y">
          {data.map((one) => (
            <li key={one.name} className="flex items-center gap-3 px-4 py-2">
              <span className="min-w-0 flex-1">
                <span className="block truncate text-base font-medium">{visibleText(one.name)}</span>
                {one.repo && <span className="block truncate font-mono text-xs text-ink-3">{visibleText(one.repo)}</span>}
              </span>
              {one.version && <Badge>{visibleText(one.version)}</Badge>}
              <IconButton label={`Delete the MCP server ${one.name}`} icon={Trash2} className="size-8" onClick={() => remove.mutate(one)} />
            </li>
          ))}
          {data.length === 0 && <li className="px-4 py-3 text-base text-ink-3">The manifest names no MCP server.</li>}
        </ul>
      )}
      <form
        className="flex flex-wrap items-end gap-2 border-t p-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() && repo.trim()) add.mutate();
        }}
      >
        <TextField
          label="Name"
          className="min-w-0 flex-1 basis-28"
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Repository"
          className="min-w-0 flex-1 basis-36"
          autoComplete="off"
          spellCheck={false}
          value={repo}
          onChange={(event) => setRepo(event.target.value)}
        />
        <Button type="submit" icon={Plus} busy={add.isPending} disabled={!name.trim() || !repo.trim()}>
          Add
        </Button>
      </form>
    </Panel>
  );
}
