import type { Deployment } from '../api/types';
import { ownFolders } from './ownFolders';

export type Row =
  | { kind: 'project'; project: string; isOwn: boolean; deployments: Deployment[]; isWhole: boolean }
  | { kind: 'deployment'; deployment: Deployment };

interface RowOptions {
  /** Whether more copies are to come, which then belong to the last project. */
  hasMore?: boolean;
  /** Projects to show without copies, too. */
  others?: readonly string[];
}

/** Deployments under the heads of their projects, in the order in which the projects come first. */
export function rowsOf(deployments: readonly Deployment[], { hasMore = false, others = [] }: RowOptions = {}): Row[] {
  const projects = new Map<string, Deployment[]>();
  for (const one of deployments) {
    // The home folder can be a project as well.
    const key = one.is_user_scope ? ownFolders : one.project;
    const list = projects.get(key);
    if (list) list.push(one);
    else projects.set(key, [one]);
  }
  const last = deployments.at(-1);
  const heads = [...projects].flatMap(([key, list]): Row[] => [
    {
      kind: 'project',
      project: list[0]?.project ?? key,
      isOwn: key === ownFolders,
      deployments: list,
      isWhole: !hasMore || !last || !list.includes(last),
    },
    ...list.map((deployment): Row => ({ kind: 'deployment', deployment })),
  ]);
  const without = others.filter((one) => !projects.has(one));
  return [...heads, ...without.map((project): Row => ({ kind: 'project', project, isOwn: false, deployments: [], isWhole: true }))];
}
