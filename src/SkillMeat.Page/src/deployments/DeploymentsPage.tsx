export function DeploymentsPage(_: Record<string, unknown>) { return <p>DeploymentsPage</p>; }
