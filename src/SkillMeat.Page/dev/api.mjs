import { collectionRoutes } from './collectionRoutes.mjs';
import { makeHome } from './data.mjs';
import { homeRoutes } from './homeRoutes.mjs';

/**
 * A stand-in for `skm serve` that keeps its data in memory: enough of the API to work on the page, and to test it.
 * `handle` answers one request; `jobs` take `pace` milliseconds a step.
 */
export function makeApi({ pace = 120, ...options } = {}) {
  const home = { deleted: [], problems: {}, edited: new Set(), settings: { update_strategy: null, keep_automatic_snapshots: null, marketplace_hours: null, has_github_token: false }, ...makeHome(options) };
  const listeners = new Set();
  const changed = (kinds, collections = []) => listeners.forEach((tell) => tell({ kinds, collections }));
  const problem = (status, detail, more = {}) => ({ status, body: { type: 'about:blank', title: detail, status, detail, ...more } });
  const ok = (body, status = 200) => ({ status, body });
  const whole = (items) => ok({ items, total: items.length, next_cursor: null });
  const page = (items, query, more = {}) => {
    const limit = Number(query.get('limit') ?? 100);
    const from = Number(query.get('cursor') ?? 0);
    return ok({ items: items.slice(from, from + limit), total: items.length, next_cursor: from + limit < items.length ? String(from + limit) : null, ...more });
  };
  const find = (name) => home.collections.find((one) => one.name === name);
  const summary = ({ artifacts, groups, snapshots, ...one }) => ({
    ...one,
    snapshot_count: snapshots.length,
    artifact_count: artifacts.length,
    problem: null,
    code: null,
    folder: `/home/ada/.skillmeat/collections/${one.name}`,
    mcp_server_count: artifacts.filter((item) => item.type === 'mcp').length,
    groups: groups.map((item) => item.name),
  });
  const snapshot = (owner, message) => {
    const id = `s${Date.now().toString(36)}`;
    owner.snapshots.unshift({
      id,
      kind: 'automatic',
      created_at: new Date().toISOString(),
      message,
      artifact_count: owner.artifacts.length,
      size_bytes: 2_400_000,
      content_bytes: 40_000,
      collection: owner.name,
      problem: null,
      changes: [],
    });
    return id;
  };

  let jobNumber = 0;
  function job(kind, steps, finish) {
    const one = {
      id: `j${++jobNumber}`,
      kind,
      state: 'running',
      progress: { done: 0, total: steps.length, text: steps[0] ?? null },
      created_at: new Date().toISOString(),
      finished_at: null,
      result: null,
      problem: null,
      tell: new Set(),
    };
    home.jobs.set(one.id, one);
    const end = (state) => {
      one.state = state;
      one.finished_at = new Date().toISOString();
      one.tell.forEach((tell) => tell('done', one));
    };
    const step = () => {
      if (one.state !== 'running') return end(one.state);
      one.progress = { done: one.progress.done + 1, total: steps.length, text: steps[one.progress.done + 1] ?? null };
      if (one.progress.done >= steps.length) {
        one.result = finish();
        return end('succeeded');
      }
      one.tell.forEach((tell) => tell('progress', one));
      setTimeout(step, pace);
    };
    setTimeout(step, pace);
    return { status: 202, body: view(one) };
  }
  const view = ({ tell, ...one }) => (void tell, one);

  const context = { home, changed, problem, ok, whole, page, find, summary, snapshot, job, view };
  const routes = homeRoutes(context);
  const ofCollection = collectionRoutes(context);

  const compile = ([pattern, act]) => {
    const [method, path = ''] = pattern.split(' ');
    return { method, act, test: new RegExp(`^${path.replace('/*', '/(?<rest>.+)').replaceAll(/\/:(\w+)/g, '/(?<$1>[^/]+)')}$`) };
  };
  const general = routes.map(compile);
  const inner = ofCollection.map(compile);
  const match = (list, method, path) => {
    for (const one of list) {
      const found = one.method === method && one.test.exec(path);
      if (found) return { act: one.act, names: Object.fromEntries(Object.entries(found.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])) };
    }
    return null;
  };

  function handle(method, address, body) {
    const url = new URL(address, 'http://127.0.0.1');
    const path = url.pathname.replace(/^\/api\/v1/, '');
    const query = url.searchParams;
    const found = match(general, method, path);
    if (found) return found.act({ ...found.names, query, body });
    const [, name, rest = ''] = /^\/collections\/([^/]+)(\/.*)?$/.exec(path) ?? [];
    const owner = name && find(decodeURIComponent(name));
    if (name && !owner) return problem(404, `There is no collection '${decodeURIComponent(name)}'.`, { code: 'CollectionNotFound', nearest: home.collections[0]?.name });
    const within = owner && match(inner, method, rest);
    if (!within) return problem(404, `There is no ${method} ${path}.`);
    const id = within.names.id;
    const one = id && owner.artifacts.find((item) => item.artifact_id === id);
    if (id && !one && !rest.startsWith('/groups')) return problem(404, `There is no artifact '${id}' in the collection '${owner.name}'.`, { code: 'ArtifactNotFound', nearest: owner.artifacts[0]?.artifact_id });
    return within.act({ ...within.names, owner, one, query, body });
  }

  return {
    handle,
    home,
    subscribe: (tell) => (listeners.add(tell), () => listeners.delete(tell)),
    followJob: (id, tell) => {
      const one = home.jobs.get(id);
      if (!one) return false;
      const send = (event, value) => tell(event, view(value));
      one.tell.add(send);
      send(one.state === 'running' ? 'progress' : 'done', one);
      return () => one.tell.delete(send);
    },
  };
}
