import { useQuery } from '@tanstack/react-query';
import { keys } from '../api/keys';
import { request } from '../api/request';
import type { Info } from '../api/types';

export const useInfo = () => useQuery({ queryKey: keys.info, queryFn: ({ signal }) => request<Info>('/info', { signal }) });
