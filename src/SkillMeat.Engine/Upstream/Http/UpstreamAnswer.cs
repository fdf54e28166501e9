namespace SkillMeat.Upstream.Http;

/// <summary>An answer that was read as a whole.</summary>
/// <param name="Response">Its head.</param>
/// <param name="Body">Its body, decompressed.</param>
internal sealed record UpstreamAnswer(UpstreamResponse Response, ReadOnlyMemory<byte> Body);
