import { TextField } from './TextField';

interface AddressFieldProps {
  label: string;
  placeholder: string;
  value: string;
  onText: (text: string) => void;
  problem?: string | undefined;
  className?: string;
}

/** The first field of a dialog that asks for a folder, a repository or another address, which no browser should correct or complete. */
export const AddressField = ({ onText, ...rest }: AddressFieldProps) => (
  <TextField autoFocus autoComplete="off" spellCheck={false} onChange={(event) => onText(event.target.value)} {...rest} />
);
