namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Hashes inflated bytes, so that files of any size need no memory.</summary>
internal sealed class HashSink(GitHash hash) : IInflateSink
{
    public void Take(ReadOnlySpan<byte> bytes) => hash.Append(bytes);
}
