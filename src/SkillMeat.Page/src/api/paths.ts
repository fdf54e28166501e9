/** One segment of an address: names of collections and ids of artifacts may hold anything. */
export const segment = encodeURIComponent;

export type QueryValue = string | number | boolean | null | undefined;

/** `path` with the values that are set. */
export function withQuery(path: string, query: Record<string, QueryValue>): string {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== null && value !== '') values.set(name, String(value));
  const text = values.toString();
  return text ? `${path}?${text}` : path;
}

export const collectionPath = (collection: string): string => `/collections/${segment(collection)}`;
export const artifactPath = (collection: string, id: string): string => `${collectionPath(collection)}/artifacts/${segment(id)}`;
export const filePath = (collection: string, id: string, path: string): string =>
  `${artifactPath(collection, id)}/files/${path.split('/').map(segment).join('/')}`;
