/** An environment variable in the form. Values of those that are there are never shown: an empty field keeps the value. */
export interface Variable {
  id: number;
  name: string;
  value: string;
  isNew: boolean;
  isRemoved: boolean;
}

export const variablesOf = (names: readonly string[]): Variable[] =>
  [...names].sort().map((name, id) => ({ id, name, value: '', isNew: false, isRemoved: false }));

const nameOf = (one: Variable): string => (one.isNew ? one.name.trim() : one.name);

/** What is to be sent: new values, and null for what is removed; nothing for the others. */
export const changedVariables = (variables: readonly Variable[]): Record<string, string | null> =>
  Object.fromEntries(
    variables
      .filter((one) => (one.isNew ? !one.isRemoved && nameOf(one) !== '' : one.isRemoved || one.value !== ''))
      .map((one) => [nameOf(one), one.isRemoved ? null : one.value]),
  );

/** The reason why the variables cannot be saved, or null. */
export function variableProblem(variables: readonly Variable[]): string | null {
  const shown = variables.filter((one) => !(one.isNew && one.isRemoved));
  if (shown.some((one) => one.isNew && nameOf(one) === '' && one.value !== '')) return 'A variable has no name.';
  const names = shown.map(nameOf);
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  return twice === undefined ? null : `There are two variables ${twice}.`;
}
