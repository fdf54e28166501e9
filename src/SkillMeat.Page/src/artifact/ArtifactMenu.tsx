import { ArrowRightLeft, Ellipsis, PencilLine, RefreshCw, Trash2 } from 'lucide-react';
import type { Artifact } from '../api/types';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { useDetailsRefresh } from './useArtifactActions';

/** What is done with an artifact less often. */
export function ArtifactMenu({ artifact, onOpen }: { artifact: Artifact; onOpen: (dialog: 'edit' | 'move' | 'remove') => void }) {
  const refresh = useDetailsRefresh(artifact);
  return (
    <Menu trigger={<IconButton label="More actions" icon={Ellipsis} bordered />}>
      <MenuItem icon={PencilLine} onSelect={() => onOpen('edit')}>
        Edit the details
      </MenuItem>
      {artifact.upstream !== null && (
        <MenuItem icon={RefreshCw} disabled={refresh.isPending} onSelect={() => refresh.mutate()}>
          Refresh the details
        </MenuItem>
      )}
      <MenuItem icon={ArrowRightLeft} onSelect={() => onOpen('move')}>
        Move or copy
      </MenuItem>
      <MenuLine />
      <MenuItem icon={Trash2} danger onSelect={() => onOpen('remove')}>
        Remove from the collection
      </MenuItem>
    </Menu>
  );
}
