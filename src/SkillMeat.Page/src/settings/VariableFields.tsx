import { Plus, Trash2, Undo2 } from 'lucide-react';
import { Button } from '../ui/Button';
import { cx } from '../ui/cx';
import { IconButton } from '../ui/IconButton';
import { fieldLook } from '../ui/TextField';
import type { Variable } from './variables';

/** The environment variables of a server. Their values may be secret: they are set here, and never shown. */
export function VariableFields({ variables, onChange }: { variables: Variable[]; onChange: (variables: Variable[]) => void }) {
  const change = (id: number, changed: Partial<Variable>): void =>
    onChange(variables.map((one) => (one.id === id ? { ...one, ...changed } : one)));
  const add = (): void =>
    onChange([
      ...variables,
      { id: Math.max(-1, ...variables.map((one) => one.id)) + 1, name: '', value: '', isNew: true, isRemoved: false },
    ]);
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1.5 text-sm font-medium">Environment variables</legend>
      {variables
        .filter((one) => !(one.isNew && one.isRemoved))
        .map((one) => {
          const label = one.name.trim() || 'the new variable';
          return (
            <div key={one.id} className="flex items-center gap-2">
              <input
                aria-label={one.isNew ? 'Name of the new variable' : `Name of ${label}`}
                className={cx(fieldLook, 'h-9 flex-1 font-mono text-sm', one.isRemoved && 'line-through')}
                autoComplete="off"
                spellCheck={false}
                readOnly={!one.isNew}
                value={one.name}
                onChange={(event) => change(one.id, { name: event.target.value })}
              />
              <input
                aria-label={`Value of ${label}`}
                className={cx(fieldLook, 'h-9 flex-1 font-mono text-sm')}
                autoComplete="off"
                spellCheck={false}
                disabled={one.isRemoved}
                placeholder={one.isNew ? '' : 'Kept, and not shown'}
                value={one.value}
                onChange={(event) => change(one.id, { value: event.target.value })}
              />
              <IconButton
                label={one.isRemoved ? `Keep ${label}` : `Remove ${label}`}
                icon={one.isRemoved ? Undo2 : Trash2}
                className="size-8"
                onClick={() => change(one.id, { isRemoved: !one.isRemoved })}
              />
            </div>
          );
        })}
      <Button size="sm" icon={Plus} onClick={add}>
        Add a variable
      </Button>
    </fieldset>
  );
}
