import { Check } from 'lucide-react';
import { cx } from '../ui/cx';
import { groupColours } from './groupColours';

/** Chooses one of the colours. Another one that the manifest has stays until one of these is chosen. */
export function ColourChoice({ value, onChoose }: { value: string; onChoose: (colour: string) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-sm font-medium">Colour</legend>
      <div className="flex flex-wrap gap-2">
        {groupColours.map((one) => (
          <label
            key={one.name}
            title={one.text}
            className={cx(
              'inline-flex size-8 cursor-pointer items-center justify-center rounded-full text-surface has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
              one.look,
            )}
          >
            <input
              type="radio"
              name="colour"
              value={one.name}
              checked={value === one.name}
              onChange={() => onChoose(one.name)}
              className="sr-only"
            />
            {value === one.name && <Check aria-hidden="true" className="size-4" />}
            <span className="sr-only">{one.text}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
