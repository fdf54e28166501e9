import type { ReactNode } from 'react';
import { Checkbox } from '../ui/Checkbox';

export interface DeployChoices {
  link: boolean;
  activate: boolean;
  force: boolean;
}

interface DeployOptionsProps {
  choices: DeployChoices;
  /** Whether something to deploy takes effect only by the settings of Claude Code. */
  canActivate: boolean;
  /** Whether a preview showed copies that are in the way. */
  canForce: boolean;
  onChange: (change: Partial<DeployChoices>) => void;
}

/** How artifacts are deployed. Edits are replaced only after a preview has named them. */
export function DeployOptions({ choices, canActivate, canForce, onChange }: DeployOptionsProps) {
  return (
    <div className="space-y-2">
      <Option label="Link instead of copy" checked={choices.link} onChange={(link) => onChange({ link })}>
        An edit in the project is then an edit of the collection.
      </Option>
      {canActivate && (
        <Option label="Activate hooks and MCP servers" checked={choices.activate} onChange={(activate) => onChange({ activate })}>
          Adds what they need to the settings of Claude Code, which runs their commands.
        </Option>
      )}
      {canForce && (
        <Option label="Replace my edits" checked={choices.force} onChange={(force) => onChange({ force })}>
          Also those in the conflicts below. What is replaced is kept, and skm project restore brings it back.
        </Option>
      )}
    </div>
  );
}

function Option({
  label,
  checked,
  onChange,
  children,
}: {
  label: string;
  checked: boolean;
  onChange: (isChecked: boolean) => void;
  children: ReactNode;
}) {
  return (
    <label className="flex cursor-pointer items-start gap-2.5">
      <Checkbox className="mt-0.5" aria-label={label} checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>
        <span className="block text-base">{label}</span>
        <span className="block text-sm text-ink-3">{children}</span>
      </span>
    </label>
  );
}
