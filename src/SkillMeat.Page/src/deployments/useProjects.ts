import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Page, Project } from '../api/types';

export const useProjects = () =>
  useQuery({ queryKey: keys.projects, queryFn: ({ signal }) => request<Page<Project>>('/projects?limit=1000', { signal }) });
