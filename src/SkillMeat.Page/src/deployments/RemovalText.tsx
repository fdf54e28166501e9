import type { Deployment } from '../api/types';
import { count } from '../ui/count';
import { visibleText } from '../ui/visibleText';
import { deploymentKey } from './DeploymentRow';
import { placeName } from './ownFolders';

/** Names the copies that would be removed, and says what stays. */
export function RemovalText({ copies, added }: { copies: readonly Deployment[]; added: number }) {
  return (
    <>
      <ul aria-label="Copies to remove" className="scroll mb-3 max-h-40 overflow-y-auto rounded-lg border px-3 py-2 text-sm" tabIndex={0}>
        {copies.map((one) => (
          <li key={deploymentKey(one)} className="wrap-anywhere">
            {visibleText(`${one.artifact_id} in ${placeName(one)} (${one.profile})`)}
          </li>
        ))}
      </ul>
      They are removed from their projects. Copies that were edited there stay, and are named. The collection keeps its artifacts.
      {added > 0 && ` ${count(added, 'copy was never deployed, and stays', 'copies were never deployed, and stay')}.`}
    </>
  );
}
