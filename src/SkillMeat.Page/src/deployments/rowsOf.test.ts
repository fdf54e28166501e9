import { expect, it } from 'vitest';
import type { Deployment } from '../api/types';
import { rowsOf } from './rowsOf';

const one = (project: string, artifact_id: string, profile = 'claude_code'): Deployment => ({
  project,
  artifact_id,
  profile,
  state: 'in_sync',
  deployed_at: null,
  version: null,
  collection: 'default',
  path: '',
  is_user_scope: false,
});
const deployments = [one('/a', 'skill:1'), one('/b', 'skill:1'), one('/a', 'skill:2')];

it('puts deployments under their projects', () => {
  expect(rowsOf(deployments).map((row) => (row.kind === 'project' ? row.project : row.deployment.artifact_id))).toEqual([
    '/a',
    'skill:1',
    'skill:2',
    '/b',
    'skill:1',
  ]);
});

it('shows projects without copies, and the user’s own folders apart from a project in the home folder', () => {
  const own = { ...one('/b', 'skill:3'), is_user_scope: true };
  const heads = rowsOf([...deployments, own], { hasMore: true, others: ['/b', '/c'] }).filter((row) => row.kind === 'project');
  expect(heads.map((row) => [row.project, row.isOwn, row.deployments.length, row.isWhole])).toEqual([
    ['/a', false, 2, true],
    ['/b', false, 1, true],
    ['/b', true, 1, false],
    ['/c', false, 0, true],
  ]);
});
