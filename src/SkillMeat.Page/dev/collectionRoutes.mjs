import { conflict, diff, manifestOf } from './texts.mjs';

/** What the stand-in answers about one collection, below its address. */
export function collectionRoutes({ home, changed, problem, ok, whole, page, find, summary, snapshot, job }) {
  const order = { type: (one) => one.type + one.name, name: (one) => one.name, date: (one) => one.last_updated ?? '', state: (one) => ['update_available', 'moved', 'deleted', 'unknown', 'up_to_date'].indexOf(one.state) };
  // A tag that exists as it is keeps its comma.
  const tagsOf = (owner, query) => query.getAll('tag').flatMap((tag) => (owner.artifacts.some((one) => one.tags.includes(tag)) ? [tag] : tag.split(',')));
  function listed(owner, query) {
    const q = (query.get('q') ?? '').toLowerCase();
    const is = (name, value) => !query.get(name) || (Array.isArray(value) ? value.includes(query.get(name)) : value === query.get(name));
    const key = order[query.get('sort') ?? 'name'] ?? order.name;
    const sign = query.get('order') === 'desc' ? -1 : 1;
    return owner.artifacts
      .filter(
        (one) =>
          (!q || `${one.name} ${one.description} ${one.tags}`.toLowerCase().includes(q)) &&
          is('type', one.type) &&
          is('state', one.state) &&
          is('origin', one.origin) &&
          tagsOf(owner, query).every((tag) => one.tags.includes(tag)) &&
          is('group', one.groups),
      )
      .sort((a, b) => (key(a) < key(b) ? -sign : key(a) > key(b) ? sign : a.name.localeCompare(b.name)));
  }

  const facet = (owner, of) => {
    const counts = new Map();
    for (const value of owner.artifacts.flatMap(of)) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => a.value.localeCompare(b.value));
  };

  const routes = [
    ['GET', ({ owner }) => ok(summary(owner))],
    [
      'PUT',
      ({ owner, body }) => (
        Object.assign(owner, body.name ? { name: body.name, title: body.name } : {}, 'description' in body ? { description: body.description } : {}),
        body.is_active && home.collections.forEach((one) => (one.is_active = one === owner)),
        changed(['collections']),
        ok(summary(owner))
      ),
    ],
    [
      'DELETE',
      ({ owner, query }) => {
        const linked = home.deployments.filter((one) => one.collection === owner.name && one.is_link).map((one) => one.path);
        const isDry = query.get('dry_run') === 'true';
        if (!isDry && linked.length > 0 && query.get('force') !== 'true') return problem(400, `Collection '${owner.name}' was not deleted.`);
        if (!isDry) {
          home.collections = home.collections.filter((one) => one !== owner);
          home.deleted.push({ name: owner.name, snapshot_count: 1, last_snapshot_at: new Date().toISOString() });
          changed(['collections']);
        }
        return ok({ collection: owner.name, linked_deployments: linked, warnings: [], dry_run: isDry, snapshot_id: isDry ? null : 's1' });
      },
    ],
    ['GET /artifact-facets', ({ owner }) => ok({ types: facet(owner, (one) => [one.type]), origins: facet(owner, (one) => [one.origin]), tags: facet(owner, (one) => one.tags) })],
    ['GET /artifacts', ({ owner, query }) => page(listed(owner, query), query)],
    [
      'POST /artifacts',
      ({ owner, body }) =>
        job(body.preview ? 'preview' : 'add', body.specs, () =>
          body.specs.map((spec) => {
            const name = spec.split('/').pop();
            const id = `skill:${name}`;
            const isPresent = owner.artifacts.some((one) => one.artifact_id === id);
            if (body.preview) return { artifact_id: id, type: 'skill', name, description: `Made from ${spec}.`, path: name, state: isPresent ? 'present' : 'new', upstream_sha: null, spec };
            if (!owner.artifacts.some((one) => one.artifact_id === id))
              owner.artifacts.push({
                artifact_id: id,
                name,
                type: 'skill',
                collection: owner.name,
                title: null,
                description: `Made from ${spec}.`,
                tags: [],
                groups: [],
                version: '1.0.0',
                origin: 'github',
                upstream: `https://github.com/${spec}`,
                ref: 'latest',
                last_updated: new Date().toISOString(),
                state: 'up_to_date',
                upstream_version: '1.0.0',
                checked_at: new Date().toISOString(),
                deployments: 0,
                drifted: 0,
              });
            changed(['collections'], [owner.name]);
            return { spec, artifact_id: id, collection: owner.name, status: 'added', path: null, resolved_sha: null, resolved_version: '1.0.0', warnings: [], reason: null, code: null };
          }),
        ),
    ],
    [
      'POST /artifacts:move',
      ({ owner, body }) => {
        const target = find(body.to);
        const moved = owner.artifacts.filter((one) => body.artifacts.includes(one.artifact_id));
        owner.artifacts = owner.artifacts.filter((one) => !moved.includes(one));
        target.artifacts.push(...moved.map((one) => ({ ...one, collection: target.name, groups: [] })));
        changed(['collections']);
        return ok({});
      },
    ],
    [
      'POST /artifacts:copy',
      ({ owner, body }) => (find(body.to).artifacts.push(...owner.artifacts.filter((one) => body.artifacts.includes(one.artifact_id)).map((one) => ({ ...one, collection: body.to, groups: [] }))), changed(['collections']), ok({})),
    ],
    [
      'POST /artifacts:remove',
      ({ owner, body }) => {
        const gone = body.artifacts.find((id) => !owner.artifacts.some((one) => one.artifact_id === id));
        if (gone) return problem(404, `There is no artifact '${gone}' in the collection '${owner.name}'.`, { code: 'ArtifactNotFound' });
        owner.artifacts = owner.artifacts.filter((one) => !body.artifacts.includes(one.artifact_id));
        const snapshot_id = snapshot(owner, `Before the removal of ${body.artifacts.length} artifacts`);
        changed(['collections'], [owner.name]);
        return ok(body.artifacts.map((artifact_id) => ({ artifact_id, collection: owner.name, path: '', files_kept: false, snapshot_id, dry_run: false })));
      },
    ],
    ['GET /refresh', ({ owner }) => ok({ checked_at: owner.artifacts.length === 0 ? null : (home.refreshed ?? new Date(Date.now() - 130_000).toISOString()) })],
    [
      'POST /refresh',
      ({ owner, query, body }) => {
        if (query.get('mode') === 'sync') {
          const wanted = owner.artifacts.filter((one) => !body.artifacts || body.artifacts.includes(one.artifact_id));
          return job('update', ['Fetching', 'Merging', 'Writing'], () => {
            const results = wanted.map((one) => {
              const isBehind = one.state === 'update_available';
              const isConflict = isBehind && one.name === 'pdf';
              if (isBehind && !isConflict) Object.assign(one, { state: 'up_to_date', version: one.upstream_version });
              return {
                artifact_id: one.artifact_id,
                status: isConflict ? 'conflict' : isBehind ? 'updated' : 'unchanged',
                change_type: 'updated',
                old_sha: null,
                new_sha: null,
                files_changed: 1,
                conflicts: isConflict ? conflict.conflicts : [],
                reason: isConflict ? 'Both sides changed the same lines.' : null,
                collection: owner.name,
                snapshot_id: 's1',
                files: [],
                code: null,
                dry_run: false,
                warnings: [],
              };
            });
            changed(['collections'], [owner.name]);
            return results;
          });
        }
        if (query.get('mode') === 'metadata_only')
          return job('refresh', ['Reading'], () => ({ collection: owner.name, snapshot_id: 's1', dry_run: false, fields: null, summary: { refreshed_count: 1, error_count: 0 }, entries: [] }));
        const list = owner.artifacts.filter((one) => one.origin !== 'local');
        const steps = Array.from({ length: Math.min(16, Math.max(1, list.length)) }, (_, index) => `${list[index]?.upstream?.split('/').slice(3, 5).join('/') ?? 'Reading'}`);
        return job(`refresh_${query.get('mode')}`, steps, () => {
          home.refreshed = new Date().toISOString();
          list.forEach((one) => (one.checked_at = home.refreshed));
          changed(['collections'], [owner.name]);
          return list.map((one) => ({
            artifact_id: one.artifact_id,
            name: one.name,
            type: one.type,
            collection: owner.name,
            change_type: one.state === 'update_available' ? 'updated' : one.state,
            update_available: one.state === 'update_available',
            current_sha: null,
            upstream_sha: null,
            ref: one.ref,
            new_path: null,
            reason: null,
            drift: 'safe_update',
            code: null,
            new_repository: null,
          }));
        });
      },
    ],
    ['GET /snapshots', ({ owner }) => whole(owner.snapshots.map(({ changes, ...one }) => (void changes, one)))],
    ['POST /snapshots', ({ owner, body }) => (snapshot(owner, body.message ?? ''), (owner.snapshots[0].kind = 'manual'), changed(['collections'], [owner.name]), ok(owner.snapshots[0], 201))],
    ['GET /snapshots/:s', ({ owner, s }) => ok(owner.snapshots.find((one) => one.id === s))],
    ['DELETE /snapshots/:s', ({ owner, s }) => ((owner.snapshots = owner.snapshots.filter((one) => one.id !== s)), changed(['collections'], [owner.name]), ok({}))],
    [
      'POST /snapshots/:s/restore',
      ({ owner, s, body }) =>
        job('restore', ['Reading', 'Comparing', 'Writing'], () => {
          if (!body?.dry_run) (snapshot(owner, 'Before the restore'), changed(['collections'], [owner.name]));
          const ids = body?.artifacts ?? owner.artifacts.slice(0, 3).map((one) => one.artifact_id);
          return {
            collection: owner.name,
            snapshot_id: s,
            safety_snapshot_id: body?.dry_run ? null : owner.snapshots[0].id,
            artifact_count: owner.artifacts.length,
            verified: true,
            warnings: [],
            changed_paths: ids.map((id) => `${id.replace(':', 's/')}/SKILL.md`),
            changed_artifacts: ids,
          };
        }),
    ],
    ['POST /snapshots/:s/verify', ({ s, owner }) => job('verify', ['Reading objects'], () => ({ id: s, snapshot_id: s, collection: owner.name, is_sound: true, object_count: 412, size_bytes: 2_400_000, problems: [] }))],
    [
      'GET /snapshots/:s/compare',
      ({ owner, s, query }) =>
        ok({ from: s, to: query.get('to'), changes: owner.artifacts.slice(2, 7).map((one, index) => ({ artifact_id: one.artifact_id, change: ['changed', 'added', 'deleted'][index % 3], changed_files: ['SKILL.md'] })) }),
    ],
    ...['tag-definitions', 'mcp-servers'].flatMap((kind) => [
      [`GET /${kind}`, ({ owner }) => whole(owner[kind] ?? [])],
      [`GET /${kind}/:name`, ({ owner, name }) => ok(owner[kind].find((one) => one.name === name))],
      [`POST /${kind}`, ({ owner, body }) => ((owner[kind] = [...(owner[kind] ?? []), { color: null, description: null, version: null, env_vars: {}, ...body }]), changed(['collections'], [owner.name]), ok(body, 201))],
      [
        `PUT /${kind}/:name`,
        ({ owner, name, body }) => {
          const entry = owner[kind].find((one) => one.name === name);
          const variables = { ...entry.env_vars };
          Object.entries(body.env_vars ?? {}).forEach(([key, value]) => (value === null ? delete variables[key] : (variables[key] = '***')));
          Object.assign(entry, body, { env_vars: variables });
          changed(['collections'], [owner.name]);
          return ok(entry);
        },
      ],
      [`DELETE /${kind}/:name`, ({ owner, name }) => ((owner[kind] = owner[kind].filter((one) => one.name !== name)), changed(['collections'], [owner.name]), ok({}))],
    ]),
    ['GET /groups', ({ owner }) => whole(owner.groups)],
    ['GET /groups/:g', ({ owner, g }) => ok(owner.groups.find((one) => one.name === g))],
    ['GET /groups/:g/members', ({ owner, g }) => whole(owner.groups.find((one) => one.name === g).members.map((id) => ({ artifact_id: id, is_missing: false })))],
    [
      'POST /groups',
      ({ owner, body }) =>
        owner.groups.some((one) => one.name === body.name)
          ? problem(409, `The group '${body.name}' exists already.`)
          : (owner.groups.push({ description: null, color: null, icon: null, position: owner.groups.length, members: [], ...body }), changed(['collections'], [owner.name]), ok(owner.groups.at(-1), 201)),
    ],
    ['PUT /groups/order', ({ owner, body }) => (owner.groups.sort((a, b) => body.names.indexOf(a.name) - body.names.indexOf(b.name)), changed(['collections'], [owner.name]), whole(owner.groups))],
    [
      'PUT /groups/:g',
      ({ owner, g, body }) => (
        Object.assign(
          owner.groups.find((one) => one.name === g),
          body,
        ),
        changed(['collections'], [owner.name]),
        ok(owner.groups[0])
      ),
    ],
    ['DELETE /groups/:g', ({ owner, g }) => ((owner.groups = owner.groups.filter((one) => one.name !== g)), changed(['collections'], [owner.name]), ok({}))],
    ['PUT /groups/:g/members', ({ owner, g, body }) => members(owner, g, () => body.artifacts)],
    ['POST /groups/:g/members', ({ owner, g, body }) => members(owner, g, (now) => now.filter((one) => !body.artifacts.includes(one)).toSpliced(body.position ?? now.length, 0, ...body.artifacts))],
    ['DELETE /groups/:g/members/:id', ({ owner, g, id }) => members(owner, g, (now) => now.filter((one) => one !== id))],
    [
      'GET /artifacts/:id',
      ({ one, owner }) =>
        ok({
          artifact: {
            ...one,
            path: `${one.type}s/${one.name}/`,
            origin_source: null,
            added: one.last_updated,
            version_spec: one.ref,
            resolved_version: one.version,
            content_hash: null,
            category: null,
            deprecated: null,
            fetched: one.checked_at,
            tools: ['Read', 'Bash'],
            dependencies: [],
            target_platforms: [],
            linked_artifacts: [],
            unlinked_references: [],
          },
          groups: owner.groups.filter((item) => item.members.includes(one.artifact_id)).map((item) => item.name),
          update: { state: one.state, upstream_version: one.upstream_version, checked_at: one.checked_at, deployments: one.deployments, drifted: one.drifted },
        }),
    ],
    [
      'PUT /artifacts/:id',
      ({ one, owner, body: { add_tags = [], remove_tags = [], ...values } }) => (
        Object.assign(one, values, { tags: [...(values.tags ?? one.tags).filter((tag) => !remove_tags.includes(tag)), ...add_tags] }),
        changed(['collections'], [owner.name]),
        ok({ artifact: one, groups: [], update: null })
      ),
    ],
    [
      'DELETE /artifacts/:id',
      ({ one, owner }) => (
        (owner.artifacts = owner.artifacts.filter((other) => other !== one)),
        changed(['collections'], [owner.name]),
        ok({ artifact_id: one.artifact_id, collection: owner.name, path: '', files_kept: false, snapshot_id: snapshot(owner, `Before the removal of ${one.artifact_id}`), dry_run: false })
      ),
    ],
    [
      'GET /artifacts/:id/files',
      () =>
        whole(
          [
            ['SKILL.md', 3120, true],
            ['scripts/run.py', 812, true],
            ['scripts/lib/pages.py', 2048, true],
            ['reference/forms.md', 5400, true],
            ['assets/logo.png', 18_400, false],
          ].map(([path, size, is_text]) => ({ path, size, is_text, mode: path.endsWith('.py') ? '755' : '644' })),
        ),
    ],
    [
      'GET /artifacts/:id/files/*',
      ({ one, rest }) =>
        ok({
          path: rest,
          is_text: !rest.endsWith('.png'),
          size: 812,
          truncated: false,
          text: rest.endsWith('.png') ? null : rest.endsWith('.md') ? manifestOf(one) : 'import sys\n\n\ndef main() -> int:\n    print(sys.argv[1:])\n    return 0\n',
        }),
    ],
    ['GET /artifacts/:id/manifest', ({ one }) => ok({ path: 'SKILL.md', text: manifestOf(one), html: '' })],
    [
      'GET /artifacts/:id/versions',
      ({ owner }) =>
        whole(
          owner.snapshots
            .slice(0, 4)
            .map((item, index) => ({ snapshot_id: item.id, created_at: item.created_at, message: item.message, version: `1.${4 - index}.0`, changed_files: ['SKILL.md', 'scripts/run.py'].slice(0, 1 + (index % 2)) })),
        ),
    ],
    ['GET /artifacts/:id/diff', ({ one, query }) => ok(diff(one.artifact_id, query.get('from') ?? 'collection', query.get('to') ?? 'upstream'))],
    ['GET /artifacts/:id/deployments', ({ one }) => whole(home.deployments.filter((item) => item.artifact_id === one.artifact_id))],
    [
      'POST /artifacts/:id/update',
      ({ one, owner, body }) =>
        job('update', [`Fetching ${one.name}`, 'Merging', 'Writing'], () => {
          if (body?.remove_deleted && one.state === 'deleted') {
            if (!body.dry_run) {
              owner.artifacts = owner.artifacts.filter((other) => other !== one);
              changed(['collections'], [owner.name]);
            }
            return [{ artifact_id: one.artifact_id, status: 'removed', conflicts: [], reason: null, collection: owner.name }];
          }
          const isConflict = one.name === 'pdf' && body?.strategy !== 'take_upstream';
          if (!body?.dry_run && !isConflict) (Object.assign(one, { state: 'up_to_date', version: one.upstream_version }), changed(['collections'], [owner.name]));
          return [
            {
              artifact_id: one.artifact_id,
              status: isConflict ? 'conflict' : 'updated',
              change_type: 'updated',
              old_sha: null,
              new_sha: null,
              files_changed: 2,
              conflicts: isConflict ? conflict.conflicts : [],
              reason: isConflict ? 'Both sides changed the same lines.' : null,
              collection: owner.name,
              snapshot_id: 's1',
              files: [
                { path: 'SKILL.md', change: 'changed' },
                { path: 'scripts/run.py', change: 'added' },
              ],
              code: null,
              dry_run: !!body?.dry_run,
              warnings: [],
            },
          ];
        }),
    ],
    ['GET /artifacts/:id/conflict', ({ query }) => ok({ ...conflict, path: query.get('path') ?? conflict.path })],
    [
      'POST /artifacts/:id/conflict',
      ({ one, owner }) =>
        job(
          'update',
          ['Writing'],
          () => (
            Object.assign(one, { state: 'up_to_date', version: one.upstream_version }),
            changed(['collections'], [owner.name]),
            [
              {
                artifact_id: one.artifact_id,
                status: 'merged',
                change_type: 'updated',
                files_changed: 1,
                conflicts: [],
                reason: null,
                collection: owner.name,
                snapshot_id: 's1',
                files: [],
                code: null,
                dry_run: false,
                warnings: [],
              },
            ]
          ),
        ),
    ],
  ];

  function members(owner, name, change) {
    const one = owner.groups.find((item) => item.name === name);
    one.members = change(one.members);
    for (const item of owner.artifacts) item.groups = owner.groups.filter((group) => group.members.includes(item.artifact_id)).map((group) => group.name);
    changed(['collections'], [owner.name]);
    return ok(one);
  }

  return routes;
}
