import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { Markdown } from './Markdown';

describe('Markdown', () => {
  it('shows headings, lists, tables and code', () => {
    render(<Markdown text={'# Title\n\n- one\n- two `x`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```js\nlet a;\n```'} />);
    expect(screen.getByRole('heading', { name: 'Title', level: 2 })).toBeInTheDocument();
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    expect(screen.getByRole('columnheader', { name: 'a' })).toBeInTheDocument();
    expect(screen.getByText('let a;')).toBeInTheDocument();
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick=x>bold</b>',
    '<iframe src="https://example.org"></iframe>',
    '<style>*{display:none}</style>',
  ])('shows %s as text', (text) => {
    const { container } = render(<Markdown text={text} />);
    expect(container.querySelector('script, img, b, iframe, style')).toBeNull();
    expect(container.textContent).toContain(text.replace('bold', 'bold'));
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '/api/v1/collections',
    '//other.example',
  ])('does not make a link of %s', (address) => {
    render(<Markdown text={`[click](${address})`} />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(screen.getByText('click')).toBeInTheDocument();
  });

  it('opens links apart, without telling where they were', () => {
    render(<Markdown text="[guide](https://example.org/a)" />);
    const link = screen.getByRole('link', { name: /guide/ });
    expect(link).toHaveAttribute('target', '_blank');
    expect(link.getAttribute('rel')).toContain('noopener');
  });

  it('loads no pictures', () => {
    const { container } = render(<Markdown text="![logo](https://example.org/logo.png)" />);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByRole('link', { name: /Picture: logo/ })).toBeInTheDocument();
  });

  it('shows control characters', () => {
    render(<Markdown text={'safe\u202etxt'} />);
    expect(screen.getByText('safe⟨U+202E⟩txt')).toBeInTheDocument();
  });

  it.each([
    ['a long text', `# Title\n${'word '.repeat(60_000)}`],
    ['many bytes', 'Ж'.repeat(140_000)],
    ['deep quotes', `${'>'.repeat(20_000)} x`],
    ['quotes with spaces', `${'> '.repeat(60)}x`],
    ['deep lists in one line', `${'- '.repeat(20_000)}x`],
    ['deep lists by indent', Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
    ['a paragraph of marks', '_a*b'.repeat(20_000)],
    ['open brackets', '['.repeat(50_000)],
    ['deep emphasis', `${'*a _b '.repeat(60)}x${' b_ a*'.repeat(60)}`],
  ])('shows %s as it is', (_, text) => {
    const { container } = render(<Markdown text={text} />);
    expect(container.querySelector('.prose')).toBeNull();
    expect(container.querySelector('pre')).toHaveTextContent(text.replaceAll(/\s+/g, ' ').trim());
  });

  it('still shows what is nested as people nest it', () => {
    const { container } = render(<Markdown text={Array.from({ length: 12 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')} />);
    expect(container.querySelectorAll('li')).toHaveLength(12);
  });
});
