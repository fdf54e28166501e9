import { expect, it, vi } from 'vitest';
import type { Added, Check, Update } from '../api/types';
import { addToast } from './useAdd';
import { refreshToast } from './useRefresh';
import { updatesToast, updateToast } from './updateToast';

const check = (more: Partial<Check>): Check => ({
  artifact_id: 'skill:x',
  name: 'x',
  type: 'skill',
  collection: 'default',
  ref: null,
  changed_fields: null,
  old_sha: null,
  new_sha: null,
  copies: null,
  tags_imported_at: null,
  change_type: 'up_to_date',
  update_available: false,
  current_sha: null,
  upstream_sha: null,
  new_path: null,
  new_repository: null,
  reason: null,
  drift: 'no_update',
  code: null,
  ...more,
});

it('tells a refresh', () => {
  expect(refreshToast([check({}), check({ update_available: true })])).toEqual({
    tone: 'ok',
    title: 'Collections refreshed',
    text: '1 update available.',
  });
  const onGone = vi.fn();
  const gone = check({ change_type: 'deleted' });
  const toast = refreshToast([gone, check({ update_available: true })], onGone);
  expect(toast).toMatchObject({ tone: 'info', text: '1 update available. 1 artifact is gone upstream; your copy stays.' });
  expect(refreshToast([gone, gone]).text).toBe('2 artifacts are gone upstream; your copies stay.');
  toast.action?.onAct();
  expect(onGone).toHaveBeenCalledOnce();
  expect(refreshToast([])).toMatchObject({ tone: 'ok', text: 'Everything is up to date.' });
  expect(refreshToast([check({ code: 'RateLimited', reason: 'The rate limit is used up.' })])).toMatchObject({
    tone: 'bad',
    text: expect.stringContaining('The rate limit is used up.') as unknown,
  });
});

const update = (status: Update['status']): Update => ({
  artifact_id: 'skill:x',
  status,
  change_type: 'updated',
  old_sha: null,
  new_sha: null,
  files_changed: 1,
  conflicts: [],
  reason: 'why',
  collection: 'default',
  snapshot_id: null,
  files: [],
  code: null,
  dry_run: false,
  warnings: [],
});

it('tells an update by its worst part', () => {
  expect(updateToast('x', [update('updated')]).tone).toBe('ok');
  expect(updateToast('x', [update('updated'), update('conflict')])).toMatchObject({ tone: 'bad', title: 'x has conflicts' });
  expect(updateToast('x', [update('conflict'), update('error')])).toMatchObject({ tone: 'bad', text: 'why' });
  expect(updateToast('x', []).tone).toBe('info');
});

it('counts only what an update changed', () => {
  expect(updatesToast([update('updated'), update('merged'), update('unchanged')])).toEqual({
    tone: 'ok',
    title: '2 artifacts updated',
    text: 'A snapshot was taken before.',
  });
  expect(updatesToast([update('updated'), update('conflict'), update('skipped'), update('kept_local')])).toEqual({
    tone: 'bad',
    title: '1 artifact updated',
    text: '1 artifact has conflicts: open them to resolve these. 1 artifact was skipped: why 1 artifact stays at the local version. A snapshot was taken before.',
  });
  expect(updatesToast([update('error')])).toMatchObject({ tone: 'bad', title: 'Nothing was updated' });
  expect(updatesToast([update('unchanged')])).toEqual({ tone: 'info', title: 'Nothing was updated', text: 'Everything is up to date.' });
});

it('tells what was added', () => {
  const one = (status: Added['status']): Added => ({
    spec: 'a/b',
    artifact_id: 'skill:b',
    collection: 'default',
    status,
    path: null,
    resolved_sha: null,
    resolved_version: null,
    warnings: [],
    reason: 'why',
    code: null,
  });
  expect(addToast([one('added')])).toMatchObject({ tone: 'ok', text: 'skill:b' });
  expect(addToast([one('added'), one('error')])).toMatchObject({ tone: 'bad', title: '1 artifact added, 1 not' });
  expect(addToast([one('unchanged')]).tone).toBe('info');
});
