namespace SkillMeat.Upstream.Http;

/// <summary>A limit whose reset is too far away to wait for.</summary>
/// <param name="Since">When it was met, as <see cref="TimeProvider.GetTimestamp"/> counts.</param>
/// <param name="Limit">The limit.</param>
/// <param name="TokenSent">Whether the limited request carried the token.</param>
/// <param name="RefusesAtOnce">Whether nobody waits for its end, however near: git without a token, where nobody said when that is.</param>
internal sealed record HostClosure(long Since, RateLimit Limit, bool TokenSent, bool RefusesAtOnce);
