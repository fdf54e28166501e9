import { useSortable } from '@dnd-kit/sortable';
import { CSS } from '@dnd-kit/utilities';
import { ArrowDown, ArrowUp, CircleMinus, Copy, Ellipsis, GripVertical, MoveRight } from 'lucide-react';
import type { Group } from '../api/types';
import { TypeIcon } from '../collections/TypeIcon';
import { Link } from '../router/Link';
import { to } from '../router/route';
import { cx } from '../ui/cx';
import { IconButton } from '../ui/IconButton';
import { Menu, MenuItem, MenuLine } from '../ui/Menu';
import { visibleText } from '../ui/visibleText';
import { memberChange, pieceId, without, type BoardChange } from './board';
import { artifactName, artifactType } from './pieceName';

interface MemberRowProps {
  collection: string;
  id: string;
  index: number;
  group: Group;
  groups: Group[];
  onChange: (change: BoardChange | null) => void;
}

export function MemberRow({ collection, id, index, group, groups, onChange }: MemberRowProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging, isOver } = useSortable({
    id: pieceId({ kind: 'member', group: group.name, id }),
  });
  const name = artifactName(id);
  const piece = { kind: 'member', group: group.name, id } as const;
  const others = groups.filter((one) => one.name !== group.name);
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={cx(
        'group/row flex items-center gap-1.5 rounded-lg py-1 pr-1 hover:bg-hover',
        isDragging && 'opacity-40',
        isOver && 'bg-accent-soft',
      )}
    >
      <button
        ref={setActivatorNodeRef}
        type="button"
        {...attributes}
        {...listeners}
        aria-label={`Move ${name}`}
        className="cursor-grab touch-none rounded p-1 text-ink-3 hover:text-ink"
      >
        <GripVertical aria-hidden="true" className="size-4" />
      </button>
      <TypeIcon type={artifactType(id)} />
      <Link to={to.artifact(collection, id)} className="min-w-0 flex-1 truncate px-1 text-base hover:underline">
        {visibleText(name)}
      </Link>
      <Menu trigger={<IconButton label={`Actions for ${name} in ${group.name}`} icon={Ellipsis} className="size-7" />}>
        <MenuItem
          icon={ArrowUp}
          disabled={index === 0}
          onSelect={() => onChange(memberChange(groups, piece, group.name, group.members[index - 1] ?? null))}
        >
          Move up
        </MenuItem>
        <MenuItem
          icon={ArrowDown}
          disabled={index === group.members.length - 1}
          onSelect={() => onChange(memberChange(groups, piece, group.name, group.members[index + 1] ?? null))}
        >
          Move down
        </MenuItem>
        {others.length > 0 && <MenuLine />}
        {others.map((one) => (
          <MenuItem key={`m ${one.name}`} icon={MoveRight} onSelect={() => onChange(memberChange(groups, piece, one.name, null))}>
            Move to {visibleText(one.name)}
          </MenuItem>
        ))}
        {others
          .filter((one) => !one.members.includes(id))
          .map((one) => (
            <MenuItem
              key={`c ${one.name}`}
              icon={Copy}
              onSelect={() => onChange(memberChange(groups, { kind: 'artifact', id }, one.name, null))}
            >
              Add to {visibleText(one.name)}, too
            </MenuItem>
          ))}
        <MenuLine />
        <MenuItem icon={CircleMinus} onSelect={() => onChange(without(groups, group.name, id))}>
          Take out of the group
        </MenuItem>
      </Menu>
    </li>
  );
}
