import type { Deployment } from '../api/types';

export type Row = { kind: 'project'; project: string; deployments: Deployment[] } | { kind: 'deployment'; deployment: Deployment };

/** Deployments under the heads of their projects, in the order in which the projects come first. */
export function rowsOf(deployments: readonly Deployment[]): Row[] {
  const projects = new Map<string, Deployment[]>();
  for (const one of deployments) {
    const list = projects.get(one.project);
    if (list) list.push(one);
    else projects.set(one.project, [one]);
  }
  return [...projects].flatMap(([project, list]): Row[] => [
    { kind: 'project', project, deployments: list },
    ...list.map((deployment): Row => ({ kind: 'deployment', deployment })),
  ]);
}
