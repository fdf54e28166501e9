export const manifestOf = (one) => `---
name: ${one.name}
description: ${one.description}
license: ${one.license ?? 'MIT'}
---

# ${one.name.replaceAll('-', ' ').replace(/^./, (letter) => letter.toUpperCase())}

${one.description} Use it when the user asks for it, or when a file of this kind is at hand.

## When to use

- The task names a **file** or a *format* that this covers.
- Somebody wants a result that they can [send to others](https://example.org/guide).
- \`--verbose\` was asked for.

## Steps

1. Read the input, and say in one sentence what it is.
2. Run the script:

\`\`\`bash
python scripts/run.py --input report.pdf --pages 1-3
\`\`\`

3. Check the result against the list below.

| Check | Tool | Must be |
|---|---|---|
| Pages | \`pdfinfo\` | as before |
| Text | \`pdftotext\` | not empty |

> Never overwrite the original. Write beside it, and say where.

<script>alert('never run')</script>
`;

export const diff = (id, from, to) => ({
  artifact_id: id,
  collection: 'default',
  path: null,
  from,
  to,
  files: [
    {
      path: 'SKILL.md',
      change: 'changed',
      note: null,
      hunks: [
        {
          old_start: 1,
          old_count: 6,
          new_start: 1,
          new_count: 8,
          lines: [
            line('context', 1, 1, '---'),
            line('context', 2, 2, `name: ${id.split(':')[1]}`),
            line('removed', 3, null, 'version: 1.4.0'),
            line('added', null, 3, 'version: 1.5.0'),
            line('added', null, 4, 'license: MIT'),
            line('context', 4, 5, '---'),
            line('context', 5, 6, ''),
          ],
        },
        {
          old_start: 24,
          old_count: 4,
          new_start: 26,
          new_count: 5,
          lines: [
            line('context', 24, 26, '## Steps'),
            line('context', 25, 27, ''),
            line('removed', 26, null, '1. Read the input.'),
            line('added', null, 28, '1. Read the input, and say in one sentence what it is.'),
            line('added', null, 29, '2. Ask before overwriting a file.'),
            line('context', 27, 30, '3. Run the script.'),
          ],
        },
      ],
    },
    {
      path: 'scripts/run.py',
      change: 'added',
      note: null,
      hunks: [
        {
          old_start: 0,
          old_count: 0,
          new_start: 1,
          new_count: 3,
          lines: [line('added', null, 1, 'import sys'), line('added', null, 2, ''), line('added', null, 3, 'print(sys.argv[1:])')],
        },
      ],
    },
    { path: 'assets/logo.png', change: 'changed', note: 'A binary file; its content is not shown.', hunks: [] },
  ],
});

const line = (kind, old_line, new_line, text) => ({ kind, old_line, new_line, text, ends_with_line_feed: true });

export const conflict = {
  is_text: true,
  state: 'first',
  path: 'SKILL.md',
  base: '# PDF\n\nReads and fills PDF files.\n\n## Steps\n\n1. Read the input.\n2. Run the script.\n\n## Notes\n\nKeep the original.\n',
  ours: '# PDF\n\nReads and fills PDF files of our invoices.\n\n## Steps\n\n1. Read the input.\n2. Run the script with --strict.\n\n## Notes\n\nKeep the original.\n',
  theirs: '# PDF\n\nReads, fills and merges PDF files.\n\n## Steps\n\n1. Read the input, and say what it is.\n2. Run the script.\n\n## Notes\n\nNever overwrite the original.\n',
  merged: [
    '# PDF',
    '',
    '<<<<<<< local',
    'Reads and fills PDF files of our invoices.',
    '||||||| base',
    'Reads and fills PDF files.',
    '=======',
    'Reads, fills and merges PDF files.',
    '>>>>>>> upstream',
    '',
    '## Steps',
    '',
    '<<<<<<< local',
    '1. Read the input.',
    '2. Run the script with --strict.',
    '||||||| base',
    '1. Read the input.',
    '2. Run the script.',
    '=======',
    '1. Read the input, and say what it is.',
    '2. Run the script.',
    '>>>>>>> upstream',
    '',
    '## Notes',
    '',
    'Never overwrite the original.',
    '',
  ].join('\n'),
  conflicts: [{ path: 'SKILL.md', lines: ['3', '7-8'], kind: 'content', reason: 'Both sides changed these lines.', upstream_lines: ['3', '7-8'] }],
};
