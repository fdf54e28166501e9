import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ArrowRight, FolderInput, Rocket, ShieldCheck, Sparkles } from 'lucide-react';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { CollectionSummary } from '../api/types';
import { Button } from '../ui/Button';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';
import { AddDialog } from './AddDialog';

const steps = [
  { icon: FolderInput, title: 'Add', text: 'Bring skills, commands and agents from GitHub, a folder or a marketplace.' },
  { icon: Rocket, title: 'Deploy', text: 'Put them into your projects, one by one or as a group.' },
  { icon: ShieldCheck, title: 'Keep current', text: 'Take updates without losing your edits. A snapshot is taken before every change.' },
];

/** The first visit: leads from an empty home to the first skill. */
export function Welcome({ collection, isNew }: { collection: string; isNew: boolean }) {
  const [source, setSource] = useState('');
  const [isAdding, setIsAdding] = useState(false);
  const client = useQueryClient();
  const { fail } = useToast();
  const start = useMutation({
    mutationFn: async () => {
      if (isNew) await request<CollectionSummary>('/collections', { method: 'POST', body: { name: collection } });
    },
    onSuccess: () => setIsAdding(true),
    onError: (error) => fail(error, 'The collection could not be created'),
  });
  const close = (): void => {
    setIsAdding(false);
    if (isNew) void client.invalidateQueries({ queryKey: keys.collections });
  };
  return (
    <div className="mx-auto max-w-3xl py-6 sm:py-14">
      <span className="mb-5 inline-flex size-14 items-center justify-center rounded-2xl bg-accent-fill text-white shadow-float">
        <Sparkles aria-hidden="true" className="size-7" />
      </span>
      <h1 tabIndex={-1} className="text-2xl font-semibold tracking-tight outline-none sm:text-[2rem] sm:leading-10">
        Add your first skill
      </h1>
      <p className="mt-2 max-w-xl text-lg text-ink-2">
        A collection keeps what Claude Code can use in your projects. This one is empty. Enter a repository or a folder that has skills, and
        choose what to add.
      </p>
      <form
        className="mt-7 flex flex-wrap items-end gap-2 rounded-2xl border bg-surface p-4 shadow-card"
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate();
        }}
      >
        <TextField
          label="Repository, address or folder"
          className="min-w-0 flex-1 basis-64"
          autoComplete="off"
          spellCheck={false}
          placeholder="anthropics/skills"
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
        <Button variant="primary" type="submit" busy={start.isPending}>
          {source.trim() ? 'Look there' : 'Browse'} <ArrowRight aria-hidden="true" className="size-4" />
        </Button>
        <p className="w-full text-sm text-ink-3">
          To try it out:{' '}
          <button
            type="button"
            className="font-medium text-accent hover:underline"
            onClick={() => {
              setSource('anthropics/skills');
              start.mutate();
            }}
          >
            anthropics/skills
          </button>{' '}
          has skills for documents, design and more.
        </p>
      </form>
      <ol className="mt-8 grid gap-4 sm:grid-cols-3">
        {steps.map(({ icon: Icon, title, text }, index) => (
          <li key={title} className="rounded-2xl border bg-surface p-5 shadow-card">
            <Icon aria-hidden="true" className="size-5 text-accent" />
            <h2 className="mt-3 text-base font-semibold">
              {index + 1}. {title}
            </h2>
            <p className="mt-1 text-sm text-ink-3">{text}</p>
          </li>
        ))}
      </ol>
      {isAdding && <AddDialog collection={collection} source={source.trim()} onClose={close} />}
    </div>
  );
}
