namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Receives inflated bytes in pieces.</summary>
internal interface IInflateSink
{
    void Take(ReadOnlySpan<byte> bytes);
}
