namespace SkillMeat.Upstream.Http;

/// <summary>A rate limit that is not waited for.</summary>
/// <param name="Since">The time of the limit, as a timestamp of <see cref="TimeProvider.GetTimestamp"/>.</param>
/// <param name="Limit">The rate limit.</param>
/// <param name="TokenSent">Whether the limited request carried the token.</param>
/// <param name="RefusesAtOnce">
/// Whether requests fail immediately, however near the end of the limit is. This applies to anonymous git, where that end is unknown.
/// </param>
internal sealed record HostClosure(long Since, RateLimit Limit, bool TokenSent, bool RefusesAtOnce);
