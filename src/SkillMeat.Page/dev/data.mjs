// Made-up data: the same at every start, except for its times, which are relative to now.

let seed = 20260;
const random = () => {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const some = (list, most) => [...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(list)))];
const ago = (minutes) => new Date(Date.now() - minutes * 60_000).toISOString();
const sha = () => Array.from({ length: 40 }, () => Math.floor(random() * 16).toString(16)).join('');

const subjects = {
  skill: [
    'pdf',
    'docx',
    'xlsx',
    'slides',
    'canvas-design',
    'frontend-design',
    'web-testing',
    'brand-guidelines',
    'release-notes',
    'sql-review',
    'api-design',
    'threat-model',
    'incident-report',
    'data-cleaning',
    'changelog',
    'accessibility',
    'terraform',
    'kubernetes',
    'postgres',
    'graphql',
    'openapi',
    'rust-idioms',
    'python-typing',
    'powershell',
    'regex',
    'charts',
    'translation',
    'interview',
    'research',
    'meeting-notes',
  ],
  command: ['commit', 'review', 'fix-issue', 'explain', 'refactor', 'test', 'deploy', 'standup', 'triage', 'bump-version', 'squash', 'benchmark', 'lint', 'todo', 'spike'],
  agent: ['code-reviewer', 'debugger', 'architect', 'security-auditor', 'test-writer', 'docs-writer', 'performance', 'release-manager', 'ux-critic', 'data-engineer'],
  hook: ['format-on-save', 'block-secrets', 'notify', 'run-tests', 'audit-log'],
  mcp: ['github', 'postgres', 'filesystem', 'browser', 'slack'],
};
const acts = {
  skill: ['Reads, fills and merges', 'Creates and checks', 'Guides the design of', 'Finds and explains problems in', 'Writes and reviews'],
  command: ['Runs', 'Prepares', 'Walks through'],
  agent: ['Reviews changes with an eye on', 'Takes over work on', 'Answers questions about'],
  hook: ['Runs after every edit for'],
  mcp: ['Connects Claude to'],
};
const tags = ['documents', 'design', 'testing', 'security', 'data', 'devops', 'writing', 'review', 'frontend', 'backend', 'automation'];
const repos = ['anthropics/skills', 'obra/superpowers', 'wshobson/agents', 'acme/engineering-skills', 'acme/playbooks'];
const states = ['up_to_date', 'up_to_date', 'up_to_date', 'up_to_date', 'up_to_date', 'up_to_date', 'update_available', 'update_available', 'unknown', 'moved', 'deleted'];
const projects = ['storefront', 'billing-api', 'mobile-app', 'data-platform', 'docs-site', 'infra', 'design-system'];

function artifact(collection, type, name, index) {
  const isLocal = random() < 0.12 && name !== 'pdf';
  const repo = pick(repos);
  const version = isLocal ? null : `${1 + Math.floor(random() * 3)}.${Math.floor(random() * 9)}.${Math.floor(random() * 5)}`;
  const state = isLocal ? 'unknown' : name === 'pdf' ? 'update_available' : pick(states);
  const [major, minor] = (version ?? '1.0.0').split('.').map(Number);
  return {
    artifact_id: `${type}:${name}`,
    name,
    type,
    collection,
    title: null,
    description: `${pick(acts[type])} ${name.replaceAll('-', ' ')}${index > 40 ? ' for larger code bases, with examples, checklists and a short guide to what can go wrong' : ''}.`,
    tags: some(tags, 4),
    groups: [],
    version,
    origin: isLocal ? 'local' : 'github',
    upstream: isLocal ? null : `https://github.com/${repo}/tree/main/${type}s/${name}`,
    ref: isLocal ? null : random() < 0.7 ? 'latest' : `v${version}`,
    last_updated: ago(30 + Math.floor(random() * 200_000)),
    state,
    upstream_version: isLocal ? null : state === 'update_available' ? `${major}.${minor + 1}.0` : version,
    checked_at: isLocal ? null : ago(2 + Math.floor(random() * 30)),
    deployments: random() < 0.4 ? 1 + Math.floor(random() * 3) : 0,
    drifted: random() < 0.08 ? 1 : 0,
    resolved_sha: isLocal ? null : sha(),
    author: isLocal ? null : repo.split('/')[0],
    license: isLocal ? null : 'MIT',
  };
}

function artifacts(collection, size) {
  const list = [];
  const rounds = ['', 'advanced-', 'team-', 'quick-', 'legacy-', 'nightly-'];
  while (rounds.length * 65 < size) rounds.push(`part-${rounds.length}-`);
  for (const round of rounds) for (const [type, names] of Object.entries(subjects)) for (const name of names) if (list.length < size) list.push(artifact(collection, type, round + name, list.length));
  return list;
}

export function makeHome({ isEmpty = false, size = 372 } = {}) {
  seed = 20260;
  if (isEmpty) return { collections: [], projects: [], deployments: [], marketplaces: [], market: [], jobs: new Map(), active: 'default' };
  const collections = [collection('default', 'Default', artifacts('default', size), true), collection('work', 'Work', artifacts('work', 58), false), collection('experiments', 'Experiments', [], false)];
  group(collections[0], 'Documents', 'blue', 'Everything that writes or reads files for people.', 7);
  group(collections[0], 'Code review', 'violet', null, 6);
  group(collections[0], 'Operations', 'amber', null, 4);
  group(collections[0], 'To try out', 'green', null, 0);
  const home = collections[0];
  const deployments = [];
  const deploymentStates = ['in_sync', 'in_sync', 'in_sync', 'in_sync', 'modified', 'outdated', 'conflict', 'missing', 'orphaned', 'added'];
  for (const one of home.artifacts.filter((item) => item.deployments > 0)) {
    for (let times = 0; times < one.deployments; times++) {
      const project = `/home/ada/src/${pick(projects)}`;
      if (deployments.some((other) => other.project === project && other.artifact_id === one.artifact_id)) continue;
      deployments.push({
        artifact_id: one.artifact_id,
        project,
        profile: random() < 0.85 ? 'claude_code' : 'codex',
        state: pick(deploymentStates),
        deployed_at: ago(60 + Math.floor(random() * 90_000)),
        version: one.version,
        collection: 'default',
        path: `${project}/.claude/${one.type}s/${one.name}`,
        is_user_scope: false,
      });
    }
  }
  return {
    active: 'default',
    collections,
    projects: projects.map((name) => ({
      id: name,
      name,
      path: `/home/ada/src/${name}`,
      is_missing: name === 'infra',
      is_registered: true,
      registered_at: ago(100_000),
      profiles: ['claude_code'],
      deployments: deployments.filter((one) => one.project.endsWith(`/${name}`)).length,
      problem: null,
    })),
    deployments,
    marketplaces: [
      {
        name: 'anthropics',
        source: 'anthropics/skills',
        kind: 'repository',
        plugins: 4,
        artifacts: 24,
        updated_at: ago(90),
        is_stale: false,
        problem: null,
        description: 'Skills by Anthropic.',
        version: '1.2.0',
        plugin_problems: [],
      },
      {
        name: 'acme',
        source: 'https://git.acme.example/marketplace',
        kind: 'repository',
        plugins: 2,
        artifacts: 8,
        updated_at: ago(4000),
        is_stale: true,
        problem: null,
        description: 'Made at Acme, for Acme.',
        version: null,
        plugin_problems: [],
      },
    ],
    market: Array.from({ length: 32 }, (_, index) => {
      const type = pick(['skill', 'skill', 'agent', 'command']);
      const name = `${pick(['smart', 'fast', 'careful', 'tiny', 'bold'])}-${pick(subjects[type])}`;
      const marketplace = index < 24 ? 'anthropics' : 'acme';
      return {
        marketplace,
        plugin: pick(['documents', 'review', 'release']),
        artifact_id: `${type}:${name}`,
        type,
        name,
        description: `${pick(acts[type])} ${name.replaceAll('-', ' ')}.`,
        version: '1.0.0',
        state: pick(['new', 'new', 'new', 'present', 'behind']),
        source: `${marketplace}/skills/${name}`,
        updated_at: ago(90),
        is_stale: false,
        collection_version: null,
        category: pick(['documents', 'engineering']),
        tags: some(tags, 2),
        upstream_sha: sha(),
        problem: null,
      };
    }),
    jobs: new Map(),
  };
}

function collection(name, title, list, isActive) {
  const messages = ['Before the update of skill:pdf', 'Before the refresh', 'Added 3 artifacts', 'Before the removal of command:legacy-lint', 'Monday, before the release', 'Before the restore'];
  return {
    name,
    title,
    is_active: isActive,
    description: null,
    artifacts: list,
    groups: [],
    created: ago(300_000),
    updated: ago(40),
    snapshots:
      list.length === 0
        ? []
        : messages.map((message, index) => ({
            id: `${20260 + index}-${sha().slice(0, 6)}`,
            kind: index === 4 ? 'manual' : 'automatic',
            created_at: ago([12, 240, 1500, 1700, 5200, 30_000][index]),
            message,
            artifact_count: list.length - index,
            size_bytes: 2_400_000 + index * 13_000,
            content_bytes: 48_000 + index * 900,
            collection: name,
            problem: index === 5 ? 'One object is missing. Verify the snapshot.' : null,
            changes: list.slice(index * 3, index * 3 + 1 + (index % 4)).map((one, at) => ({
              artifact_id: one.artifact_id,
              change: ['changed', 'added', 'deleted'][(index + at) % 3],
              changed_files: ['SKILL.md'],
            })),
          })),
  };
}

function group(owner, name, color, description, size) {
  const members = owner.artifacts.filter((_, index) => (index * 7 + owner.groups.length * 3) % 11 === 0).slice(0, size);
  owner.groups.push({
    name,
    description,
    color,
    icon: null,
    position: owner.groups.length,
    members: members.map((one) => one.artifact_id),
    other_values: {},
  });
  for (const one of members) one.groups.push(name);
}
