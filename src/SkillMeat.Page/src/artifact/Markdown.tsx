import type { Token, Tokens } from 'marked';
import { createElement, Fragment, useMemo, type ReactNode } from 'react';
import { visibleText } from '../ui/visibleText';
import { parsedMarkdown } from './parsedMarkdown';
import { safeLink } from './safeLink';

/**
 * Markdown as elements of React. No HTML is ever made of it: tags in the text are shown as text, pictures as links,
 * and only addresses of the web and of mail can be opened. A text that is too much for that is shown as it is.
 */
export function Markdown({ text }: { text: string }) {
  const tokens = useMemo(() => parsedMarkdown(text), [text]);
  if (!tokens)
    return (
      <pre tabIndex={0} className="scroll overflow-x-auto font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere">
        {visibleText(text)}
      </pre>
    );
  return <div className="prose">{blocks(tokens)}</div>;
}

const blocks = (tokens: Token[]): ReactNode[] => tokens.map((token, index) => <Fragment key={index}>{block(token)}</Fragment>);

function block(token: Token): ReactNode {
  switch (token.type) {
    case 'heading': {
      const { depth, tokens } = token as Tokens.Heading;
      // The page has one first heading, and this text is below it.
      return createElement(`h${Math.min(6, depth + 1)}`, { className: depth === 1 ? 'text-xl!' : undefined }, inlines(tokens));
    }
    case 'paragraph':
      return <p>{inlines((token as Tokens.Paragraph).tokens)}</p>;
    case 'list': {
      const { ordered, start, items } = token as Tokens.List;
      const children = items.map((item, index) => (
        <li key={index} className={item.task ? 'list-none' : undefined}>
          {item.task && (
            <input
              type="checkbox"
              checked={item.checked === true}
              disabled
              readOnly
              aria-label={item.checked ? 'done' : 'to do'}
              className="mr-2"
            />
          )}
          {blocks(item.tokens.filter((one) => one.type !== 'checkbox'))}
        </li>
      ));
      return ordered ? <ol start={typeof start === 'number' ? start : 1}>{children}</ol> : <ul>{children}</ul>;
    }
    case 'code':
      return (
        <pre tabIndex={0} className="scroll">
          <code>{visibleText((token as Tokens.Code).text)}</code>
        </pre>
      );
    case 'blockquote':
      return <blockquote>{blocks((token as Tokens.Blockquote).tokens)}</blockquote>;
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return (
        <table>
          <thead>
            <tr>
              {header.map((cell, index) => (
                <th key={index} scope="col">
                  {inlines(cell.tokens)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                {row.map((cell, at) => (
                  <td key={at}>{inlines(cell.tokens)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    }
    case 'hr':
      return <hr />;
    case 'space':
    case 'def':
      return null;
    case 'html':
      return (
        <pre tabIndex={0} className="scroll">
          <code>{visibleText(token.raw.trimEnd())}</code>
        </pre>
      );
    case 'text':
      return 'tokens' in token && token.tokens ? inlines(token.tokens) : visibleText(unescaped((token as Tokens.Text).text));
    default:
      return visibleText(token.raw);
  }
}

const inlines = (tokens: Token[]): ReactNode[] => tokens.map((token, index) => <Fragment key={index}>{inline(token)}</Fragment>);

function inline(token: Token): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inlines((token as Tokens.Strong).tokens)}</strong>;
    case 'em':
      return <em>{inlines((token as Tokens.Em).tokens)}</em>;
    case 'del':
      return <del>{inlines((token as Tokens.Del).tokens)}</del>;
    case 'codespan':
      return <code>{visibleText((token as Tokens.Codespan).text)}</code>;
    case 'br':
      return <br />;
    case 'link': {
      const { href, tokens } = token as Tokens.Link;
      const address = safeLink(href);
      return address ? (
        <a href={address} target="_blank" rel="noopener noreferrer nofollow" title={address}>
          {inlines(tokens)}
          <span className="sr-only"> (opens apart)</span>
        </a>
      ) : (
        <span title={href}>{inlines(tokens)}</span>
      );
    }
    case 'image': {
      const { href, text } = token as Tokens.Image;
      const address = safeLink(href);
      const label = `Picture: ${visibleText(text || href)}`;
      return address ? (
        <a href={address} target="_blank" rel="noopener noreferrer nofollow">
          {label}
        </a>
      ) : (
        label
      );
    }
    case 'escape':
    case 'text':
      return 'tokens' in token && token.tokens ? inlines(token.tokens) : visibleText(unescaped((token as Tokens.Text).text));
    default:
      return visibleText(token.raw);
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const unescaped = (text: string): string => text.replace(/&(amp|lt|gt|quot|#39);/g, (whole, name: string) => entities[name] ?? whole);
