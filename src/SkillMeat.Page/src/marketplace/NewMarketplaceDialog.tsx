import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Job } from '../api/types';
import { useJobs } from '../jobs/useJobs';
import { Button } from '../ui/Button';
import { Dialog } from '../ui/Dialog';
import { TextField } from '../ui/TextField';
import { useToast } from '../ui/useToast';

export function NewMarketplaceDialog({ onClose }: { onClose: () => void }) {
  const [source, setSource] = useState('');
  const [name, setName] = useState('');
  const { run } = useJobs();
  const { show } = useToast();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: async () => {
      const answer = await request<Job | null>('/cache/marketplaces', {
        method: 'POST',
        body: { source: source.trim(), ...(name.trim() ? { name: name.trim() } : {}) },
      });
      // A small marketplace is answered at once, a large one is read as a job.
      if (answer && 'state' in answer && 'kind' in answer) await run('Reading the marketplace', () => Promise.resolve(answer));
    },
    onSuccess: () => {
      show({ title: 'The marketplace was added' });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.marketplaces }),
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      width="sm"
      title="Add a marketplace"
      description="A repository, a folder or an address with a list of plugins."
    >
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (source.trim()) add.mutate();
        }}
      >
        <TextField
          label="Source"
          autoFocus
          autoComplete="off"
          spellCheck={false}
          placeholder="anthropics/skills"
          value={source}
          onChange={(event) => setSource(event.target.value)}
          problem={add.error?.message}
        />
        <TextField
          label="Name"
          autoComplete="off"
          hint="Leave it empty to take the marketplace’s own."
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" type="submit" busy={add.isPending} disabled={!source.trim()}>
            Add
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
