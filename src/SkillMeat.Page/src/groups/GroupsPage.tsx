export function GroupsPage(_: Record<string, unknown>) { return <p>GroupsPage</p>; }
