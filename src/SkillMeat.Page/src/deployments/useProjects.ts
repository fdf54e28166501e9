import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Page, Project } from '../api/types';

export const useProjects = () =>
  useQuery({ queryKey: keys.projects, queryFn: ({ signal }) => request<Page<Project>>('/projects?limit=1000', { signal }) });

/** The name by which the service knows a project in an address. */
export const projectId = (project: Pick<Project, 'id' | 'name'>): string => project.id ?? project.name;
