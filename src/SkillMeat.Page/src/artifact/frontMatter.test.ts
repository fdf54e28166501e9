import { expect, it } from 'vitest';
import { splitFrontMatter } from './frontMatter';

it('parts the front matter from the text', () => {
  expect(splitFrontMatter('---\nname: pdf\ndescription: "Reads: all"\ntags:\n  - a\n  - b\n---\n# PDF\n')).toEqual({
    fields: [
      { name: 'name', value: 'pdf' },
      { name: 'description', value: 'Reads: all' },
      { name: 'tags', value: '- a\n  - b' },
    ],
    body: '# PDF\n',
  });
});

it.each(['# PDF', '---\nno end', 'text\n---\nname: x\n---\n'])('leaves %j alone', (text) => {
  expect(splitFrontMatter(text)).toEqual({ fields: [], body: text });
});

it('takes Windows line ends and a byte order mark', () => {
  expect(splitFrontMatter('\ufeff---\r\nname: x\r\n---\r\nbody').body).toBe('body');
});
