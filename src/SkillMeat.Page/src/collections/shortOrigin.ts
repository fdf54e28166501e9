/** "anthropics/skills" for an address of GitHub, the host and path of another, "Local" without upstream. */
export function shortOrigin({ upstream, origin }: { upstream: string | null; origin: string }): string {
  if (!upstream) return origin === 'local' ? 'Local' : origin;
  const match = /^https?:\/\/([^/]+)\/([^/]+\/[^/#?]+)/.exec(upstream);
  if (!match) return upstream;
  const [, host = '', repository = ''] = match;
  return host === 'github.com' ? repository : `${host}/${repository}`;
}
