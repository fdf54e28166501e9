import { makeHome } from './data.mjs';
import { conflict, diff, manifestOf } from './texts.mjs';

/**
 * A stand-in for `skm serve` that keeps its data in memory: enough of the API to work on the page, and to test it.
 * `handle` answers one request; `jobs` take `pace` milliseconds a step.
 */
export function makeApi({ pace = 120, ...options } = {}) {
  const home = makeHome(options);
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
  const summary = ({ artifacts, groups, snapshots, ...one }) => ({ ...one, snapshot_count: snapshots.length, artifact_count: artifacts.length, problem: null, code: null, folder: `/home/ada/.skillmeat/collections/${one.name}`, mcp_server_count: artifacts.filter((item) => item.type === 'mcp').length, groups: groups.map((item) => item.name) });
  const snapshot = (owner, message) => {
    const id = `s${Date.now().toString(36)}`;
    owner.snapshots.unshift({ id, kind: 'automatic', created_at: new Date().toISOString(), message, artifact_count: owner.artifacts.length, size_bytes: 2_400_000, content_bytes: 40_000, collection: owner.name, problem: null, changes: [] });
    return id;
  };

  let jobNumber = 0;
  function job(kind, steps, finish) {
    const one = { id: `j${++jobNumber}`, kind, state: 'running', progress: { done: 0, total: steps.length, text: steps[0] ?? null }, created_at: new Date().toISOString(), finished_at: null, result: null, problem: null, tell: new Set() };
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

  const order = { type: (one) => one.type + one.name, name: (one) => one.name, date: (one) => one.last_updated ?? '', state: (one) => ['update_available', 'moved', 'deleted', 'unknown', 'up_to_date'].indexOf(one.state) };
  function listed(owner, query) {
    const q = (query.get('q') ?? '').toLowerCase();
    const is = (name, value) => !query.get(name) || (Array.isArray(value) ? value.includes(query.get(name)) : value === query.get(name));
    const key = order[query.get('sort') ?? 'name'] ?? order.name;
    const sign = query.get('order') === 'desc' ? -1 : 1;
    return owner.artifacts
      .filter((one) => (!q || `${one.name} ${one.description} ${one.tags}`.toLowerCase().includes(q)) && is('type', one.type) && is('state', one.state) && is('origin', one.origin) && is('tag', one.tags) && is('group', one.groups))
      .sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : a.name.localeCompare(b.name)));
  }

  const routes = [
    ['GET /info', () => ok({ version: '0.1.0', home: '/home/ada/.skillmeat', process_id: 4711, active_collection: home.active, page: true, started_at: new Date().toISOString(), has_github_token: false })],
    ['GET /settings', () => ok({ active_collection: home.active, update_strategy: 'merge', refresh_interval_minutes: 60 })],
    ['PUT /settings', ({ body }) => ((home.active = body.active_collection ?? home.active), home.collections.forEach((one) => (one.is_active = one.name === home.active)), changed(['collections', 'settings']), ok({ active_collection: home.active }))],
    ['GET /background', () => ok({ enabled: true, running: false, interval_seconds: 3600, last_run: { started: new Date(Date.now() - 900_000).toISOString(), succeeded: true, refreshed: 12, failed: 0 }, next_run: new Date(Date.now() + 2_700_000).toISOString() })],
    ['GET /cache/status', () => ok({ path: '/home/ada/.skillmeat/cache/index.db', size_bytes: 3_400_000, schema_version: 4, artifacts: home.collections.reduce((sum, one) => sum + one.artifacts.length, 0), hits: 1840, misses: 22, hit_rate: 0.988, last_refresh: home.refreshed ?? new Date(Date.now() - 130_000).toISOString(), state: 'ready', created: null, problem: null })],
    ['POST /cache/rebuild', () => job('cache_rebuild', ['Reading', 'Indexing'], () => ({}))],
    ['POST /cache/clear', () => ok({})],
    ['GET /cache/search', ({ query }) => {
      const q = (query.get('q') ?? '').toLowerCase();
      const items = home.collections.flatMap((one) => one.artifacts).filter((one) => `${one.name} ${one.description}`.toLowerCase().includes(q));
      return ok({ total: items.length, match: 'exact', items: items.slice(0, Number(query.get('limit') ?? 20)).map((one) => ({ ...one, project: null, score: 1, snippet: one.description })) });
    }],
    ['GET /cache/stale-artifacts', ({ query }) => page(home.deployments.filter((one) => one.state === 'outdated').map((one) => ({ artifact_id: one.artifact_id, project: one.project, profile: one.profile, deployed_version: one.version, collection_version: '2.0.0', upstream_version: '2.1.0', difference: 'minor', commits_behind: null, checked_at: null, collection: 'default', problem: null })), query)],
    ['GET /cache/marketplaces', () => whole(home.marketplaces)],
    ['POST /cache/marketplaces', ({ body }) => {
      if (!body.source) return problem(400, 'Give the source of the marketplace.');
      home.marketplaces.push({ name: body.name ?? body.source.split('/').pop(), source: body.source, kind: 'repository', plugins: 0, artifacts: 0, updated_at: null, is_stale: true, problem: null, description: null, version: null, plugin_problems: [] });
      changed(['marketplaces']);
      return job('marketplace_add', ['Reading the marketplace'], () => []);
    }],
    ['DELETE /cache/marketplaces/:m', ({ m }) => ((home.marketplaces = home.marketplaces.filter((one) => one.name !== m)), changed(['marketplaces']), ok({}))],
    ['POST /cache/marketplaces/:m/update', ({ m }) => job('marketplace_update', ['Reading', 'Storing'], () => ((home.marketplaces.find((one) => one.name === m).is_stale = false), changed(['marketplaces']), []))],
    ['GET /cache/marketplace', ({ query }) => page(home.market.filter((one) => (!query.get('q') || `${one.name} ${one.description}`.includes(query.get('q').toLowerCase())) && (!query.get('marketplace') || one.marketplace === query.get('marketplace'))), query)],
    ['POST /browse', ({ body }) => (!body.source || body.source.includes('missing') ? problem(404, `The repository '${body.source}' does not exist, or it is private.`, { code: 'UpstreamNotFound' }) : job('browse', ['Reading the repository', 'Reading its artifacts'], () => home.market.slice(0, 14).map((one) => ({ artifact_id: one.artifact_id, type: one.type, name: one.name, description: one.description, path: `${one.type}s/${one.name}`, state: one.state, upstream_sha: one.upstream_sha, spec: `${body.source}/${one.type}s/${one.name}` }))))],
    ['GET /jobs', () => whole([...home.jobs.values()].map(view))],
    ['GET /jobs/:id', ({ id }) => (home.jobs.has(id) ? ok(view(home.jobs.get(id))) : problem(404, 'There is no such job.'))],
    ['DELETE /jobs/:id', ({ id }) => ((home.jobs.get(id).state = 'cancelled'), ok(view(home.jobs.get(id))))],
    ['GET /projects', () => whole(home.projects)],
    ['POST /projects', ({ body }) => (!body.path?.startsWith('/') ? problem(400, `'${body.path}' is not an absolute path.`) : (home.projects.push({ name: body.path.split('/').pop(), path: body.path, is_missing: false, is_registered: true, registered_at: new Date().toISOString(), profiles: ['claude_code'], deployments: 0, problem: null }), changed(['projects']), ok(home.projects.at(-1), 201)))],
    ['DELETE /projects/:p', ({ p }) => ((home.projects = home.projects.filter((one) => one.name !== p)), changed(['projects']), ok({}))],
    ['POST /projects/:p/deploy', ({ p, body }) => job('deploy', body.artifacts ?? [], () => {
      const project = home.projects.find((one) => one.name === p || one.path === p);
      const done = (body.artifacts ?? []).map((id) => ({ artifact_id: id, project: project.path, profile: body.profile ?? 'claude_code', path: null, status: 'deployed', reason: null, dry_run: !!body.dry_run, commands: [], warnings: [] }));
      if (!body.dry_run) done.forEach((one) => home.deployments.push({ artifact_id: one.artifact_id, project: project.path, profile: one.profile, state: 'in_sync', deployed_at: new Date().toISOString(), version: '1.0.0', collection: home.active, path: `${project.path}/.claude/x` }));
      changed(['projects']);
      return done;
    })],
    ['POST /projects/:p/undeploy', ({ p, body }) => job('undeploy', body.artifacts, () => ((home.deployments = home.deployments.filter((one) => !(body.artifacts.includes(one.artifact_id) && one.project.endsWith(`/${p}`)))), changed(['projects']), []))],
    ['GET /deployments', ({ query }) => {
      const q = (query.get('q') ?? '').toLowerCase();
      const items = home.deployments.filter((one) => (!q || one.artifact_id.includes(q)) && (!query.get('project') || one.project === query.get('project') || one.project.endsWith(`/${query.get('project')}`)) && (!query.get('type') || one.artifact_id.startsWith(query.get('type'))));
      const counts = {};
      items.forEach((one) => (counts[one.state] = (counts[one.state] ?? 0) + 1));
      return page(items.filter((one) => !query.get('state') || one.state === query.get('state')).sort((a, b) => a.project.localeCompare(b.project)), query, { counts });
    }],
    ['GET /drift', ({ query }) => page(home.deployments.filter((one) => one.state !== 'in_sync').map((one) => ({ ...one, change_origin: 'local_modification', changed_files: ['SKILL.md'], recommendation: one.state === 'modified' ? 'push_to_collection' : 'merge', is_link: false })), query)],
    ['POST /sync', ({ body }) => job('sync', body.artifacts ?? ['Everything'], () => {
      const done = home.deployments.filter((one) => (!body.artifacts || body.artifacts.includes(one.artifact_id)) && (!body.projects || body.projects.includes(one.project)) && one.state !== 'in_sync');
      if (!body.dry_run) done.forEach((one) => one.state !== 'conflict' && (one.state = 'in_sync'));
      changed(['projects']);
      return done.map((one) => ({ artifact_id: one.artifact_id, project: one.project, profile: one.profile, status: one.state === 'conflict' ? 'conflict' : 'pushed', files_changed: 1, conflicts: [], reason: null, project_files: [], collection_files: [{ path: 'SKILL.md', change: 'changed' }], snapshot_id: null, dry_run: !!body.dry_run }));
    })],
    ['GET /collections', () => whole(home.collections.map(summary))],
    ['POST /collections', ({ body }) => {
      if (find(body.name)) return problem(409, `The collection '${body.name}' exists already.`, { code: 'CollectionExists' });
      home.collections.push({ name: body.name, title: body.name, is_active: home.collections.length === 0, description: body.description ?? null, artifacts: [], groups: [], snapshots: [], created: new Date().toISOString(), updated: null });
      changed(['collections']);
      return ok(summary(home.collections.at(-1)), 201);
    }],
  ];
  const ofCollection = [
    ['GET', ({ owner }) => ok(summary(owner))],
    ['PUT', ({ owner, body }) => (Object.assign(owner, body.name ? { name: body.name, title: body.name } : {}, 'description' in body ? { description: body.description } : {}), body.is_active && home.collections.forEach((one) => (one.is_active = one === owner)), changed(['collections']), ok(summary(owner)))],
    ['DELETE', ({ owner }) => ((home.collections = home.collections.filter((one) => one !== owner)), changed(['collections']), ok({ snapshot_id: 's1' }))],
    ['GET /artifacts', ({ owner, query }) => page(listed(owner, query), query)],
    ['POST /artifacts', ({ owner, body }) => job('add', body.specs, () => body.specs.map((spec) => {
      const name = spec.split('/').pop();
      const id = `skill:${name}`;
      if (!body.preview && !owner.artifacts.some((one) => one.artifact_id === id)) owner.artifacts.push({ artifact_id: id, name, type: 'skill', collection: owner.name, title: null, description: `Made from ${spec}.`, tags: [], groups: body.group ? [body.group] : [], version: '1.0.0', origin: 'github', upstream: `https://github.com/${spec}`, ref: 'latest', last_updated: new Date().toISOString(), state: 'up_to_date', upstream_version: '1.0.0', checked_at: new Date().toISOString(), deployments: 0, drifted: 0 });
      changed(['collections'], [owner.name]);
      return { spec, artifact_id: id, collection: owner.name, status: 'added', path: null, resolved_sha: null, resolved_version: '1.0.0', warnings: [], reason: null, code: null };
    }))],
    ['POST /artifacts:move', ({ owner, body }) => {
      const target = find(body.to);
      const moved = owner.artifacts.filter((one) => body.artifacts.includes(one.artifact_id));
      owner.artifacts = owner.artifacts.filter((one) => !moved.includes(one));
      target.artifacts.push(...moved.map((one) => ({ ...one, collection: target.name, groups: [] })));
      changed(['collections']);
      return ok({});
    }],
    ['POST /artifacts:copy', ({ owner, body }) => (find(body.to).artifacts.push(...owner.artifacts.filter((one) => body.artifacts.includes(one.artifact_id)).map((one) => ({ ...one, collection: body.to, groups: [] }))), changed(['collections']), ok({}))],
    ['POST /refresh', ({ owner, query }) => {
      const list = owner.artifacts.filter((one) => one.origin !== 'local');
      const steps = Array.from({ length: Math.min(16, Math.max(1, list.length)) }, (_, index) => `${list[index]?.upstream?.split('/').slice(3, 5).join('/') ?? 'Reading'}`);
      return job(`refresh_${query.get('mode')}`, steps, () => {
        home.refreshed = new Date().toISOString();
        list.forEach((one) => (one.checked_at = home.refreshed));
        changed(['collections'], [owner.name]);
        return list.map((one) => ({ artifact_id: one.artifact_id, name: one.name, type: one.type, collection: owner.name, change_type: one.state === 'update_available' ? 'updated' : one.state, update_available: one.state === 'update_available', current_sha: null, upstream_sha: null, ref: one.ref, new_path: null, reason: null, drift: 'safe_update', code: null, new_repository: null }));
      });
    }],
    ['GET /snapshots', ({ owner }) => whole(owner.snapshots.map(({ changes, ...one }) => (void changes, one)))],
    ['POST /snapshots', ({ owner, body }) => (snapshot(owner, body.message ?? ''), (owner.snapshots[0].kind = 'manual'), changed(['collections'], [owner.name]), ok(owner.snapshots[0], 201))],
    ['GET /snapshots/:s', ({ owner, s }) => ok(owner.snapshots.find((one) => one.id === s))],
    ['DELETE /snapshots/:s', ({ owner, s }) => ((owner.snapshots = owner.snapshots.filter((one) => one.id !== s)), changed(['collections'], [owner.name]), ok({}))],
    ['POST /snapshots/:s/restore', ({ owner, s, body }) => job('restore', ['Reading', 'Comparing', 'Writing'], () => {
      if (!body?.dry_run) (snapshot(owner, 'Before the restore'), changed(['collections'], [owner.name]));
      const ids = owner.artifacts.slice(0, 3).map((one) => one.artifact_id);
      return { collection: owner.name, snapshot_id: s, safety_snapshot_id: body?.dry_run ? null : owner.snapshots[0].id, artifact_count: owner.artifacts.length, verified: true, warnings: [], changed_paths: ids.map((id) => `${id.replace(':', 's/')}/SKILL.md`), changed_artifacts: ids };
    })],
    ['POST /snapshots/:s/verify', ({ s, owner }) => job('verify', ['Reading objects'], () => ({ id: s, snapshot_id: s, collection: owner.name, is_sound: true, object_count: 412, size_bytes: 2_400_000, problems: [] }))],
    ['GET /snapshots/:s/compare', ({ owner, s, query }) => ok({ from: s, to: query.get('to'), changes: owner.artifacts.slice(2, 7).map((one, index) => ({ artifact_id: one.artifact_id, change: ['changed', 'added', 'deleted'][index % 3], changed_files: ['SKILL.md'] })) })],
    ...['tag-definitions', 'mcp-servers'].flatMap((kind) => [
      [`GET /${kind}`, ({ owner }) => whole(owner[kind] ?? [])],
      [`POST /${kind}`, ({ owner, body }) => ((owner[kind] = [...(owner[kind] ?? []), { color: null, description: null, ...body }]), changed(['collections'], [owner.name]), ok(body, 201))],
      [`DELETE /${kind}/:name`, ({ owner, name }) => ((owner[kind] = owner[kind].filter((one) => one.name !== name)), changed(['collections'], [owner.name]), ok({}))],
    ]),
    ['GET /groups', ({ owner }) => whole(owner.groups)],
    ['POST /groups', ({ owner, body }) => (owner.groups.some((one) => one.name === body.name) ? problem(409, `The group '${body.name}' exists already.`) : (owner.groups.push({ description: null, color: null, icon: null, position: owner.groups.length, members: [], ...body }), changed(['collections'], [owner.name]), ok(owner.groups.at(-1), 201)))],
    ['PUT /groups/order', ({ owner, body }) => (owner.groups.sort((a, b) => body.names.indexOf(a.name) - body.names.indexOf(b.name)), changed(['collections'], [owner.name]), whole(owner.groups))],
    ['PUT /groups/:g', ({ owner, g, body }) => (Object.assign(owner.groups.find((one) => one.name === g), body), changed(['collections'], [owner.name]), ok(owner.groups[0]))],
    ['DELETE /groups/:g', ({ owner, g }) => ((owner.groups = owner.groups.filter((one) => one.name !== g)), changed(['collections'], [owner.name]), ok({}))],
    ['PUT /groups/:g/members', ({ owner, g, body }) => members(owner, g, () => body.artifacts)],
    ['POST /groups/:g/members', ({ owner, g, body }) => members(owner, g, (now) => now.filter((one) => !body.artifacts.includes(one)).toSpliced(body.position ?? now.length, 0, ...body.artifacts))],
    ['DELETE /groups/:g/members/:id', ({ owner, g, id }) => members(owner, g, (now) => now.filter((one) => one !== id))],
    ['GET /artifacts/:id', ({ one, owner }) => ok({
      artifact: { ...one, path: `${one.type}s/${one.name}/`, origin_source: null, added: one.last_updated, version_spec: one.ref, resolved_version: one.version, content_hash: null, category: null, deprecated: null, fetched: one.checked_at, tools: ['Read', 'Bash'], dependencies: [], target_platforms: [], linked_artifacts: [], unlinked_references: [] },
      groups: owner.groups.filter((item) => item.members.includes(one.artifact_id)).map((item) => item.name),
      update: { state: one.state, upstream_version: one.upstream_version, checked_at: one.checked_at, deployments: one.deployments, drifted: one.drifted },
    })],
    ['PUT /artifacts/:id', ({ one, owner, body }) => (Object.assign(one, body), changed(['collections'], [owner.name]), ok(one))],
    ['DELETE /artifacts/:id', ({ one, owner }) => ((owner.artifacts = owner.artifacts.filter((other) => other !== one)), changed(['collections'], [owner.name]), ok({ artifact_id: one.artifact_id, collection: owner.name, path: '', files_kept: false, snapshot_id: snapshot(owner, `Before the removal of ${one.artifact_id}`), dry_run: false }))],
    ['GET /artifacts/:id/files', () => whole([['SKILL.md', 3120, true], ['scripts/run.py', 812, true], ['scripts/lib/pages.py', 2048, true], ['reference/forms.md', 5400, true], ['assets/logo.png', 18_400, false]].map(([path, size, is_text]) => ({ path, size, is_text, mode: path.endsWith('.py') ? '755' : '644' })))],
    ['GET /artifacts/:id/files/*', ({ one, rest }) => ok({ path: rest, is_text: !rest.endsWith('.png'), size: 812, truncated: false, text: rest.endsWith('.png') ? null : rest.endsWith('.md') ? manifestOf(one) : 'import sys\n\n\ndef main() -> int:\n    print(sys.argv[1:])\n    return 0\n' })],
    ['GET /artifacts/:id/manifest', ({ one }) => ok({ path: 'SKILL.md', text: manifestOf(one), html: '' })],
    ['GET /artifacts/:id/versions', ({ owner }) => whole(owner.snapshots.slice(0, 4).map((item, index) => ({ snapshot_id: item.id, created_at: item.created_at, message: item.message, version: `1.${4 - index}.0`, changed_files: ['SKILL.md', 'scripts/run.py'].slice(0, 1 + (index % 2)) })))],
    ['GET /artifacts/:id/diff', ({ one, query }) => ok(diff(one.artifact_id, query.get('from') ?? 'collection', query.get('to') ?? 'upstream'))],
    ['GET /artifacts/:id/deployments', ({ one }) => whole(home.deployments.filter((item) => item.artifact_id === one.artifact_id))],
    ['POST /artifacts/:id/update', ({ one, owner, body }) => job('update', [`Fetching ${one.name}`, 'Merging', 'Writing'], () => {
      const isConflict = one.name === 'pdf' && body?.strategy !== 'take_upstream';
      if (!body?.dry_run && !isConflict) (Object.assign(one, { state: 'up_to_date', version: one.upstream_version }), changed(['collections'], [owner.name]));
      return [{ artifact_id: one.artifact_id, status: isConflict ? 'conflict' : 'updated', change_type: 'updated', old_sha: null, new_sha: null, files_changed: 2, conflicts: isConflict ? conflict.conflicts : [], reason: isConflict ? 'Both sides changed the same lines.' : null, collection: owner.name, snapshot_id: 's1', files: [{ path: 'SKILL.md', change: 'changed' }, { path: 'scripts/run.py', change: 'added' }], code: null, dry_run: !!body?.dry_run, warnings: [] }];
    })],
    ['GET /artifacts/:id/conflict', ({ query }) => ok({ ...conflict, path: query.get('path') ?? conflict.path })],
    ['POST /artifacts/:id/conflict', ({ one, owner }) => job('update', ['Writing'], () => (Object.assign(one, { state: 'up_to_date', version: one.upstream_version }), changed(['collections'], [owner.name]), [{ artifact_id: one.artifact_id, status: 'merged', change_type: 'updated', files_changed: 1, conflicts: [], reason: null, collection: owner.name, snapshot_id: 's1', files: [], code: null, dry_run: false, warnings: [] }]))],
  ];

  function members(owner, name, change) {
    const one = owner.groups.find((item) => item.name === name);
    one.members = change(one.members);
    for (const item of owner.artifacts) item.groups = owner.groups.filter((group) => group.members.includes(item.artifact_id)).map((group) => group.name);
    changed(['collections'], [owner.name]);
    return ok(one);
  }

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
