const nameOf = (one) => one.artifact_id.split(':')[1];

/** What the stand-in answers about the home as a whole. */
export function homeRoutes({ home, changed, problem, ok, whole, page, find, summary, job, view }) {
  return [
    ['GET /info', () => ok({ version: '0.1.0', home: '/home/ada/.skillmeat', process_id: 4711, active_collection: home.active, page: true, started_at: new Date().toISOString(), has_github_token: false })],
    ['GET /settings', () => ok({ ...home.settings, active_collection: home.active })],
    [
      'PUT /settings',
      ({ body }) => {
        if (body.keep_automatic_snapshots < 0 || body.marketplace_hours < 0) return problem(400, 'The numbers of snapshots and hours cannot be negative.');
        home.active = body.active_collection ?? home.active;
        home.settings = { ...home.settings, ...body };
        home.collections.forEach((one) => (one.is_active = one.name === home.active));
        changed(['collections', 'settings']);
        return ok({ ...home.settings, active_collection: home.active });
      },
    ],
    [
      'GET /background',
      () =>
        ok({
          state: 'waiting',
          running: true,
          interval_seconds: 3600,
          last_run: { started: new Date(Date.now() - 900_000).toISOString(), succeeded: true, duration_ms: 840 },
          next_run: new Date(Date.now() + 2_700_000).toISOString(),
          started: null,
          last_success: null,
          runs: 1,
          success_rate: 1,
          problem: null,
          process_id: null,
          machine: null,
        }),
    ],
    [
      'GET /cache/status',
      () =>
        ok({
          path: '/home/ada/.skillmeat/cache/index.db',
          size_bytes: 3_400_000,
          schema_version: 4,
          artifacts: home.collections.reduce((sum, one) => sum + one.artifacts.length, 0),
          hits: 1840,
          misses: 22,
          hit_rate: 0.988,
          last_refresh: home.refreshed ?? new Date(Date.now() - 130_000).toISOString(),
          state: 'ready',
          created: null,
          problem: null,
        }),
    ],
    ['POST /cache/rebuild', () => job('cache_rebuild', ['Reading', 'Indexing'], () => ({}))],
    ['POST /cache/clear', () => ok({})],
    [
      'GET /cache/search',
      ({ query }) => {
        const q = (query.get('q') ?? '').toLowerCase();
        const items = home.collections.flatMap((one) => one.artifacts).filter((one) => `${one.name} ${one.description}`.toLowerCase().includes(q));
        return ok({ total: items.length, match: 'exact', items: items.slice(0, Number(query.get('limit') ?? 20)).map((one) => ({ ...one, project: null, score: 1, snippet: one.description })) });
      },
    ],
    [
      'GET /cache/stale-artifacts',
      ({ query }) =>
        page(
          home.deployments
            .filter((one) => one.state === 'outdated')
            .map((one) => ({
              artifact_id: one.artifact_id,
              project: one.project,
              profile: one.profile,
              deployed_version: one.version,
              collection_version: '2.0.0',
              upstream_version: '2.1.0',
              difference: 'minor',
              commits_behind: null,
              checked_at: null,
              collection: 'default',
              problem: null,
            })),
          query,
        ),
    ],
    ['GET /cache/marketplaces', () => whole(home.marketplaces)],
    [
      'POST /cache/marketplaces',
      ({ body }) => {
        if (!body.source) return problem(400, 'Give the source of the marketplace.');
        home.marketplaces.push({
          name: body.name ?? body.source.split('/').pop(),
          source: body.source,
          kind: 'repository',
          plugins: 0,
          artifacts: 0,
          updated_at: null,
          is_stale: true,
          problem: null,
          description: null,
          version: null,
          plugin_problems: [],
        });
        changed(['marketplaces']);
        return job('marketplace_add', ['Reading the marketplace'], () => []);
      },
    ],
    ['DELETE /cache/marketplaces/:m', ({ m }) => ((home.marketplaces = home.marketplaces.filter((one) => one.name !== m)), changed(['marketplaces']), ok({}))],
    ['POST /cache/marketplaces/update', () => job('marketplace_update', ['Reading'], () => (home.marketplaces.forEach((one) => (one.is_stale = false)), changed(['marketplaces']), []))],
    ['POST /cache/marketplaces/:m/update', ({ m }) => job('marketplace_update', ['Reading', 'Storing'], () => ((home.marketplaces.find((one) => one.name === m).is_stale = false), changed(['marketplaces']), []))],
    [
      'GET /cache/marketplace',
      ({ query }) =>
        page(
          home.market.filter(
            (one) => (!query.get('q') || `${one.name} ${one.description}`.includes(query.get('q').toLowerCase())) && ['marketplace', 'type', 'state'].every((name) => !query.get(name) || one[name] === query.get(name)),
          ),
          query,
        ),
    ],
    [
      'POST /browse',
      ({ body }) =>
        !body.source || body.source.includes('missing')
          ? problem(404, `The repository '${body.source}' does not exist, or it is private.`, { code: 'UpstreamNotFound' })
          : job('browse', ['Reading the repository', 'Reading its artifacts'], () =>
              home.market.slice(0, 14).map((one) => ({
                artifact_id: one.artifact_id,
                type: one.type,
                name: one.name,
                description: one.description,
                path: `${one.type}s/${one.name}`,
                state: one.state,
                upstream_sha: one.upstream_sha,
                spec: `${body.source}/${one.type}s/${one.name}`,
              })),
            ),
    ],
    ['GET /jobs', () => whole([...home.jobs.values()].map(view))],
    ['GET /jobs/:id', ({ id }) => (home.jobs.has(id) ? ok(view(home.jobs.get(id))) : problem(404, 'There is no such job.'))],
    ['DELETE /jobs/:id', ({ id }) => ((home.jobs.get(id).state = 'cancelled'), ok(view(home.jobs.get(id))))],
    [
      'GET /profiles',
      () =>
        whole(
          ['claude_code', 'codex', 'gemini'].map((profile) => ({
            profile,
            aliases: [],
            types: ['skill'],
            is_on_machine: profile !== 'gemini',
            is_in_project: profile === 'claude_code',
            project: null,
            project_folder: `.${profile}/skills`,
            user_folder: `/home/ada/.${profile}/skills`,
          })),
        ),
    ],
    ['GET /projects', () => whole(home.projects)],
    [
      'POST /projects',
      ({ body }) =>
        !body.path?.startsWith('/')
          ? problem(400, `'${body.path}' is not an absolute path.`)
          : (home.projects.push({
              id: body.path.split('/').pop(),
              name: body.path.split('/').pop(),
              path: body.path,
              is_missing: false,
              is_registered: true,
              registered_at: new Date().toISOString(),
              profiles: ['claude_code'],
              deployments: 0,
              problem: null,
            }),
            changed(['projects']),
            ok(home.projects.at(-1), 201)),
    ],
    ['DELETE /projects/:p', ({ p }) => ((home.projects = home.projects.filter((one) => one.name !== p)), changed(['projects']), ok({}))],
    [
      'POST /projects/:p/deploy',
      ({ p, body }) =>
        job('deploy', body.artifacts ?? [], () => {
          const project = p === '~' ? { path: '/home/ada' } : home.projects.find((one) => one.name === p || one.path === p);
          const done = (body.artifacts ?? []).map((id) => ({
            artifact_id: id,
            project: project.path,
            profile: body.profile ?? 'claude_code',
            path: null,
            status: home.edited.has(id) && !body.force ? 'conflict' : 'deployed',
            reason: null,
            dry_run: !!body.dry_run,
            commands: [],
            warnings: [],
          }));
          if (!body.dry_run)
            done
              .filter((one) => one.status === 'deployed')
              .forEach((one) =>
                home.deployments.push({
                  artifact_id: one.artifact_id,
                  project: project.path,
                  profile: one.profile,
                  state: 'in_sync',
                  deployed_at: new Date().toISOString(),
                  version: '1.0.0',
                  collection: home.active,
                  path: `${project.path}/.claude/x`,
                  is_user_scope: p === '~',
                }),
              );
          changed(['projects']);
          return done;
        }),
    ],
    [
      'POST /projects/:p/undeploy',
      ({ p, body }) =>
        job('undeploy', body.artifacts, () => {
          const isMeant = (one) =>
            body.artifacts.includes(one.artifact_id) && (one.project === p || one.project.endsWith(`/${p}`)) && (!body.profile || body.profile === one.profile) && (!body.collection || body.collection === one.collection);
          const removed = home.deployments.filter(isMeant);
          home.deployments = home.deployments.filter((one) => !isMeant(one));
          changed(['projects']);
          return removed.map((one) => ({ artifact_id: one.artifact_id, project: one.project, profile: one.profile, path: one.path, status: 'removed', reason: null, dry_run: false, commands: [], warnings: [] }));
        }),
    ],
    [
      'GET /deployments',
      ({ query }) => {
        const q = (query.get('q') ?? '').toLowerCase();
        const items = home.deployments.filter(
          (one) =>
            (!q || one.artifact_id.includes(q)) &&
            (!query.get('project') || one.project === query.get('project') || one.project.endsWith(`/${query.get('project')}`)) &&
            (!query.get('type') || one.artifact_id.startsWith(query.get('type'))),
        );
        const updates = new Set(home.collections.flatMap((one) => one.artifacts.filter((item) => item.state === 'update_available').map((item) => `${one.name} ${item.artifact_id}`)));
        const hasUpdate = (one) => updates.has(`${one.collection} ${one.artifact_id}`);
        const chosen = items.filter((one) => query.get('update') !== 'true' || hasUpdate(one));
        const isIn = (one) => !query.get('state') || one.state === query.get('state');
        const counts = {};
        chosen.forEach((one) => (counts[one.state] = (counts[one.state] ?? 0) + 1));
        return page(
          chosen.filter(isIn).sort((a, b) => (query.get('sort') === 'name' ? nameOf(a).localeCompare(nameOf(b)) : a.project.localeCompare(b.project))),
          query,
          { counts, updates_upstream: items.filter((one) => isIn(one) && hasUpdate(one)).length, problems: home.problems },
        );
      },
    ],
    [
      'GET /drift',
      ({ query }) =>
        page(
          home.deployments
            .filter((one) => one.state !== 'in_sync')
            .map((one) => ({ ...one, change_origin: 'local_modification', changed_files: ['SKILL.md'], recommendation: one.state === 'modified' ? 'push_to_collection' : 'merge', is_link: false })),
          query,
        ),
    ],
    [
      'POST /adopt',
      ({ body }) =>
        job('adopt', body.artifacts, () => {
          const found = home.deployments.filter((one) => body.artifacts.includes(one.artifact_id) && body.projects.includes(one.project) && ['added', 'orphaned'].includes(one.state));
          if (!body.dry_run) found.forEach((one) => Object.assign(one, { state: 'in_sync', collection: body.collection }));
          changed(['projects']);
          return found.map((one) => ({
            artifact_id: one.artifact_id,
            path: one.path,
            origin: 'local',
            upstream: null,
            version: null,
            status: 'adopted',
            reason: null,
            project: one.project,
            profile: one.profile,
            collection: body.collection,
            found_in: null,
            code: null,
            dry_run: !!body.dry_run,
          }));
        }),
    ],
    [
      'POST /sync',
      ({ body }) =>
        job('sync', body.artifacts ?? ['Everything'], () => {
          const sides = { modified: 'push', outdated: 'pull' };
          const named = (list, value) => !list || list.includes(value);
          const done = home.deployments.filter(
            (one) =>
              named(body.artifacts, one.artifact_id) &&
              named(body.projects, one.is_user_scope ? '~' : one.project) &&
              (!body.profile || body.profile === one.profile) &&
              (!body.collection || body.collection === one.collection) &&
              one.state !== 'in_sync',
          );
          const statusOf = ({ state }) =>
            state === 'conflict' ? (body.resolve_with ? 'merged' : 'conflict') : !sides[state] || ![sides[state], 'both'].includes(body.direction ?? 'both') ? 'skipped' : sides[state] === 'push' ? 'pushed' : 'pulled';
          const results = done.map((one) => ({
            artifact_id: one.artifact_id,
            project: one.project,
            profile: one.profile,
            status: statusOf(one),
            files_changed: 1,
            // `unsettled` is the reason of a conflict that no side can settle.
            conflicts: statusOf(one) === 'conflict' && !one.unsettled ? [{ path: 'SKILL.md', lines: ['7-9'], kind: 'content', reason: '', collection_lines: ['7-9'] }] : [],
            reason: (statusOf(one) === 'conflict' && one.unsettled) || null,
            collection: one.collection,
            project_files: [],
            collection_files: [{ path: 'SKILL.md', change: 'changed' }],
            snapshot_id: null,
            dry_run: !!body.dry_run,
            is_user_scope: one.is_user_scope,
          }));
          if (!body.dry_run) done.forEach((one) => ['pushed', 'pulled', 'merged'].includes(statusOf(one)) && (one.state = 'in_sync'));
          changed(['projects']);
          return results;
        }),
    ],
    ['GET /deleted-collections', () => whole(home.deleted)],
    ['GET /collections', () => whole(home.collections.map(summary))],
    [
      'POST /collections',
      ({ body }) => {
        if (find(body.name)) return problem(409, `The collection '${body.name}' exists already.`, { code: 'CollectionExists' });
        home.collections.push({
          name: body.name,
          title: body.name,
          is_active: home.collections.length === 0,
          description: body.description ?? null,
          artifacts: [],
          groups: [],
          snapshots: [],
          created: new Date().toISOString(),
          updated: null,
        });
        changed(['collections']);
        return ok(summary(home.collections.at(-1)), 201);
      },
    ],
  ];
}
