const numbers = new Intl.NumberFormat('en');

/** "1 artifact", "1,204 artifacts". */
export const count = (number: number, one: string, many = `${one}s`): string => `${numbers.format(number)} ${number === 1 ? one : many}`;
