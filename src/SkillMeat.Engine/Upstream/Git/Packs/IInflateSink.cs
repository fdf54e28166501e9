namespace SkillMeat.Upstream.Git.Packs;

/// <summary>Takes inflated bytes piece by piece.</summary>
internal interface IInflateSink
{
    void Take(ReadOnlySpan<byte> bytes);
}
