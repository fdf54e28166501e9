namespace SkillMeat.Additions;

/// <summary>One artifact that somebody wants in a collection.</summary>
/// <param name="Spec">Where it comes from: <c>owner/repo/path[@version]</c>, an address, or a folder.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactAddition(string Spec)
{
    /// <summary>The name of its type; null to find it out from the files.</summary>
    public string? Type { get; init; }

    /// <summary>What it is called in the collection; null for the last part of its path.</summary>
    public string? Name { get; init; }
}
