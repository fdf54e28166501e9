namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Hashes what is inflated, so that a file of any size needs no memory.</summary>
internal sealed class HashSink(GitHash hash) : IInflateSink
{
    public void Take(ReadOnlySpan<byte> bytes) => hash.Append(bytes);
}
