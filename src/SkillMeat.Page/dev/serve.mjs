// Serves the stand-in API, and the built page as the real service does: with its content security policy.
//   node dev/serve.mjs [--port 4599] [--empty] [--size 10000] [--pace 120]
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { makeApi } from './api.mjs';

const argument = (name, fallback) => (process.argv.includes(`--${name}`) ? process.argv[process.argv.indexOf(`--${name}`) + 1] : fallback);
const port = Number(argument('port', 4599));
const api = makeApi({
  isEmpty: process.argv.includes('--empty'),
  size: Number(argument('size', 372)),
  pace: Number(argument('pace', 120)),
});
const dist = join(import.meta.dirname, '../dist');
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const server = createServer(async (request, response) => {
  const path = new URL(request.url, 'http://127.0.0.1').pathname;
  if (path === '/api/v1/events')
    return stream(response, (send) => {
      const ping = setInterval(() => send('ping', {}), 15_000);
      const stop = api.subscribe((change) => send('changed', change));
      return () => (clearInterval(ping), stop());
    });
  const job = /^\/api\/v1\/jobs\/([^/]+)\/events$/.exec(path)?.[1];
  if (job) return stream(response, (send) => api.followJob(job, send) || (() => undefined));
  if (!path.startsWith('/api/')) return page(path, response);
  const parts = [];
  for await (const part of request) parts.push(part);
  const text = Buffer.concat(parts).toString();
  let answer;
  try {
    answer = api.handle(request.method, request.url, text ? JSON.parse(text) : undefined);
  } catch (error) {
    console.error(request.method, request.url, error);
    answer = { status: 500, body: { title: String(error), status: 500 } };
  }
  const body = JSON.stringify(answer.body);
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 20)}"`;
  if (request.method === 'GET' && request.headers['if-none-match'] === etag) return response.writeHead(304, { etag }).end();
  response
    .writeHead(answer.status, {
      'content-type': answer.status >= 400 ? 'application/problem+json' : 'application/json',
      etag,
      'cache-control': 'no-cache',
    })
    .end(body);
});

function stream(response, start) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': here\n\n');
  const stop = start((event, data) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  response.on('close', stop);
}

function page(path, response) {
  const wanted = join(dist, normalize(path));
  const file = extname(path) && existsSync(wanted) ? wanted : join(dist, 'index.html');
  if (!existsSync(file)) return response.writeHead(404).end('Run npm run build first, or npm run dev beside this.');
  response
    .writeHead(200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    })
    .end(readFileSync(file));
}

server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
