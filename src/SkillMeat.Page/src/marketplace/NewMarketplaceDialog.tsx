import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Job, MarketplaceResult } from '../api/types';
import { useJobs } from '../jobs/useJobs';
import { AddressField } from '../ui/AddressField';
import { FormDialog } from '../ui/FormDialog';
import { TextField } from '../ui/TextField';
import { useFormMutation } from '../ui/useFormMutation';
import { useToast } from '../ui/useToast';

export function NewMarketplaceDialog({ onClose }: { onClose: () => void }) {
  const [source, setSource] = useState('');
  const [name, setName] = useState('');
  const { run } = useJobs();
  const { show } = useToast();
  const client = useQueryClient();
  const add = useFormMutation({
    send: () =>
      run('Reading the marketplace', () =>
        request<Job<MarketplaceResult>>('/cache/marketplaces', {
          method: 'POST',
          body: { source: source.trim(), ...(name.trim() ? { name: name.trim() } : {}) },
        }),
      ),
    failed: 'The marketplace was not added',
    onSuccess: () => {
      show({ title: 'The marketplace was added' });
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: keys.marketplaces }),
  });
  return (
    <FormDialog
      title="Add a marketplace"
      description="A repository, a folder or an address with a list of plugins."
      action="Add"
      busy={add.isPending}
      isReady={source.trim() !== ''}
      onSubmit={add.mutate}
      onClose={onClose}
    >
      <AddressField label="Source" placeholder="anthropics/skills" value={source} onText={setSource} problem={add.error?.message} />
      <TextField
        label="Name"
        autoComplete="off"
        hint="Leave it empty to take the marketplace’s own."
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
