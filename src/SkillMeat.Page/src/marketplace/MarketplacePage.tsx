export function MarketplacePage(_: Record<string, unknown>) { return <p>MarketplacePage</p>; }
