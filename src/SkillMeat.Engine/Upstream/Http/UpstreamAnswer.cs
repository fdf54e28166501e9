namespace SkillMeat.Upstream.Http;

/// <summary>An answer whose body has been read completely.</summary>
/// <param name="Response">The head of the answer.</param>
/// <param name="Body">The decompressed body.</param>
internal sealed record UpstreamAnswer(UpstreamResponse Response, ReadOnlyMemory<byte> Body);
