import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Settings } from '../api/types';
import { changeShown, isStale } from '../groups/changeShown';
import { Alert } from '../ui/Alert';
import { Button } from '../ui/Button';
import { ErrorState } from '../ui/ErrorState';
import { Panel } from '../ui/Panel';
import { Select } from '../ui/Select';
import { Skeleton } from '../ui/Skeleton';
import { TextField } from '../ui/TextField';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';
import { changedPreferences, isSameSettings, preferencesOf, problemIn, type Preferences } from './preferences';

const strategies = [
  { value: 'merge', text: 'Merge; leave conflicts alone' },
  { value: 'take-upstream', text: 'Take upstream’s version' },
  { value: 'keep-local', text: 'Keep local edits' },
  { value: 'prompt', text: 'Ask at the console' },
];

/** What the home's config.toml says of updates, snapshots and marketplaces. Only what was edited is sent. */
export function PreferencesPanel() {
  const { data, error, refetch } = useQuery({
    queryKey: keys.settings,
    queryFn: ({ signal }) => request<Settings>('/settings', { signal }),
  });
  return (
    <Panel title="Preferences">
      {data ? (
        <PreferencesForm settings={data} />
      ) : error ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton className="h-24" />
      )}
    </Panel>
  );
}

function PreferencesForm({ settings }: { settings: Settings }) {
  // While something is edited, it is compared with what stood there when the edit began.
  const [draft, setDraft] = useState<{ of: Settings; values: Partial<Preferences> } | null>(null);
  const client = useQueryClient();
  const { show } = useToast();
  const shown = draft?.of ?? settings;
  const before = preferencesOf(shown);
  const now = { ...before, ...draft?.values };
  const edit = changedPreferences(before, now);
  const problems = { snapshots: problemIn(now.snapshots, before.snapshots), hours: problemIn(now.hours, before.hours) };
  const isReady = Object.keys(edit).length > 0 && !problems.snapshots && !problems.hours;
  const save = useFormMutation({
    send: () =>
      changeShown<Settings>('/settings', {
        method: 'PUT',
        body: edit,
        isShown: (there) => {
          const isShown = isSameSettings(there, shown);
          // The user is told once, and can then save over what is there now.
          if (!isShown) setDraft({ of: there, values: onlyEdited(before, now) });
          return isShown;
        },
      }),
    failed: 'The preferences were not saved',
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.settings });
      void client.invalidateQueries({ queryKey: keys.marketplaces });
      setDraft(null);
      show({ title: 'The preferences were saved' });
    },
  });
  const change = (values: Partial<Preferences>): void => setDraft({ of: shown, values: { ...draft?.values, ...values } });
  const isKnown = now.strategy === '' || strategies.some((one) => one.value === now.strategy);
  return (
    <form
      aria-label="Preferences"
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady && !save.isPending) save.mutate();
      }}
    >
      <div className="grid items-start gap-4 sm:grid-cols-3">
        <div>
          <Select
            label="Updates of edited artifacts"
            value={now.strategy}
            options={[
              { value: '', text: 'Default (merge)' },
              ...strategies,
              ...(isKnown ? [] : [{ value: now.strategy, text: now.strategy }]),
            ]}
            onChoose={(strategy) => change({ strategy })}
          />
          <p className="mt-1 text-sm text-ink-3">
            {now.strategy === 'prompt'
              ? 'Without a console, edits are merged.'
              : 'Where a command does not name a strategy. By default edits are merged.'}
          </p>
        </div>
        <TextField
          label="Automatic snapshots to keep"
          inputMode="numeric"
          autoComplete="off"
          placeholder="20"
          value={now.snapshots}
          onChange={(event) => change({ snapshots: event.target.value })}
          problem={problems.snapshots}
          hint="Of each collection; the older ones go. Empty for the default, 20."
        />
        <TextField
          label="Hours between fetches of a marketplace"
          inputMode="numeric"
          autoComplete="off"
          placeholder="24"
          value={now.hours}
          onChange={(event) => change({ hours: event.target.value })}
          problem={problems.hours}
          hint="0 fetches its list every time. Empty for the default, 24."
        />
      </div>
      {save.error && (
        <Alert>
          {isStale(save.error)
            ? 'The settings were changed elsewhere since you began. What you typed is still here; save again to change only what you edited.'
            : save.error.message}
        </Alert>
      )}
      <div className="flex justify-end gap-2">
        {draft && (
          <Button
            onClick={() => {
              setDraft(null);
              save.reset();
            }}
          >
            Discard
          </Button>
        )}
        <Button variant="primary" type="submit" busy={save.isPending} disabled={!isReady}>
          Save
        </Button>
      </div>
    </form>
  );
}

const onlyEdited = (before: Preferences, now: Preferences): Partial<Preferences> => ({
  ...(now.strategy === before.strategy ? {} : { strategy: now.strategy }),
  ...(now.snapshots === before.snapshots ? {} : { snapshots: now.snapshots }),
  ...(now.hours === before.hours ? {} : { hours: now.hours }),
});
