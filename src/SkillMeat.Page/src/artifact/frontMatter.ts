export interface SplitText {
  fields: { name: string; value: string }[];
  body: string;
}

/** Parts the front matter of a manifest file from its text. Only for showing: a value that goes over lines stays as it is written. */
export function splitFrontMatter(text: string): SplitText {
  const found = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/.exec(text);
  if (!found) return { fields: [], body: text };
  const fields: SplitText['fields'] = [];
  for (const line of (found[1] ?? '').split(/\r?\n/)) {
    const start = /^([^\s:#][^:]*):(?:\s+(.*))?$/.exec(line);
    const last = fields.at(-1);
    if (start) fields.push({ name: start[1] ?? '', value: (start[2] ?? '').replace(/^(["'])(.*)\1$/, '$2') });
    else if (last && line.trim()) last.value = `${last.value}\n${line}`.trim();
  }
  return { fields, body: text.slice(found[0].length) };
}
