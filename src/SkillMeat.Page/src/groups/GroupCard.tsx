import { SortableContext, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowLeft, ArrowRight, Ellipsis, GripVertical, PencilLine, Rocket, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Group } from '../api/types';
import { DeployDialog } from '../deployments/DeployDialog';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { count } from '../ui/count';
import { cx } from '../ui/cx';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { visibleText } from '../ui/visibleText';
import { orderChange, pieceId, type BoardChange, type Piece } from './board';
import { GroupDot } from './GroupDot';
import { MemberRow } from './MemberRow';
import { RemoveGroupDialog } from './RemoveGroupDialog';

interface GroupCardProps {
  collection: string;
  group: Group;
  index: number;
  groups: Group[];
  dragged: Piece | null;
  onChange: (change: BoardChange | null) => void;
  onEdit: () => void;
}

export function GroupCard({ collection, group, index, groups, dragged, onChange, onEdit }: GroupCardProps) {
  const [open, setOpen] = useState<'deploy' | 'remove' | null>(null);
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging, isOver } = useSortable({
    id: pieceId({ kind: 'group', group: group.name }),
  });
  const takesArtifact = isOver && dragged?.kind !== 'group';
  return (
    <li
      ref={setNodeRef}
      aria-label={group.name}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cx(
        'flex flex-col rounded-xl border bg-surface shadow-card',
        isDragging && 'opacity-40',
        takesArtifact && 'border-accent ring-2 ring-accent',
      )}
    >
      <header className="flex items-start gap-1 border-b py-2.5 pr-2 pl-1.5">
        <button
          ref={setActivatorNodeRef}
          type="button"
          {...attributes}
          {...listeners}
          aria-label={`Move the group ${group.name}`}
          className="mt-0.5 cursor-grab touch-none rounded p-1 text-ink-3 hover:bg-hover hover:text-ink"
        >
          <GripVertical aria-hidden="true" className="size-4" />
        </button>
        <div className="min-w-0 flex-1 pt-0.5">
          <h2 className="flex items-center gap-2 text-base font-semibold">
            <GroupDot colour={group.color} />
            <Link to={`${to.collection(collection)}?group=${encodeURIComponent(group.name)}`} className="truncate hover:underline">
              {visibleText(group.name)}
            </Link>
          </h2>
          <p className="truncate text-sm text-ink-3">
            {group.description ? visibleText(group.description) : count(group.members.length, 'artifact')}
          </p>
        </div>
        <Menu trigger={<IconButton label={`Actions for ${group.name}`} icon={Ellipsis} className="size-8" />}>
          <MenuItem icon={PencilLine} onSelect={onEdit}>
            Edit
          </MenuItem>
          <MenuItem icon={Rocket} disabled={group.members.length === 0} onSelect={() => setOpen('deploy')}>
            Deploy the group
          </MenuItem>
          <MenuLine />
          <MenuItem icon={ArrowLeft} disabled={index === 0} onSelect={() => onChange(orderChange(groups, group.name, index - 1))}>
            Move before the previous
          </MenuItem>
          <MenuItem
            icon={ArrowRight}
            disabled={index === groups.length - 1}
            onSelect={() => onChange(orderChange(groups, group.name, index + 1))}
          >
            Move behind the next
          </MenuItem>
          <MenuLine />
          <MenuItem icon={Trash2} danger onSelect={() => setOpen('remove')}>
            Delete the group
          </MenuItem>
        </Menu>
      </header>
      <SortableContext
        items={group.members.map((id) => pieceId({ kind: 'member', group: group.name, id }))}
        strategy={verticalListSortingStrategy}
      >
        {group.members.length === 0 ? (
          <p className="m-3 rounded-lg border border-dashed px-3 py-6 text-center text-sm text-ink-3">
            Drag artifacts here, or choose this group in an artifact’s menu.
          </p>
        ) : (
          <ol aria-label={`Members of ${group.name}`} className="scroll max-h-96 overflow-y-auto p-1.5">
            {group.members.map((id, at) => (
              <MemberRow key={id} collection={collection} id={id} index={at} group={group} groups={groups} onChange={onChange} />
            ))}
          </ol>
        )}
      </SortableContext>
      {open === 'deploy' && (
        <DeployDialog collection={collection} group={group.name} artifacts={group.members} onClose={() => setOpen(null)} />
      )}
      <RemoveGroupDialog collection={collection} group={group} open={open === 'remove'} onClose={() => setOpen(null)} />
    </li>
  );
}
