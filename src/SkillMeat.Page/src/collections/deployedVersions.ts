import type { Deployment } from '../api/types';

/** The version that is deployed; the number of versions where projects have different ones. */
export function deployedVersions(deployments: Pick<Deployment, 'version'>[] | undefined): string {
  if (!deployments) return '…';
  const versions = [...new Set(deployments.map((one) => one.version ?? 'no version'))];
  if (versions.length === 0) return 'not deployed';
  return versions.length === 1 ? (versions[0] ?? '') : `${versions.length} versions`;
}
