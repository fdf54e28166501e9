export function SnapshotsPage(_: Record<string, unknown>) { return <p>SnapshotsPage</p>; }
