import type { Deployment } from '../api/types';

/** Deployments by project; the profile is named where all of the project's have the same. */
export function byProject(deployments: readonly Deployment[]): { project: string; profile: string | null; artifacts: string[] }[] {
  const projects = new Map<string, Deployment[]>();
  for (const one of deployments) projects.set(one.project, [...(projects.get(one.project) ?? []), one]);
  return [...projects].map(([project, list]) => ({
    project,
    profile: list.every((one) => one.profile === list[0]?.profile) ? (list[0]?.profile ?? null) : null,
    artifacts: [...new Set(list.map((one) => one.artifact_id))],
  }));
}
