using SkillMeat.Errors;

namespace SkillMeat.Additions;

/// <summary>An artifact to add to a collection.</summary>
/// <param name="Spec">The source: <c>owner/repo/path[@version]</c>, an address, or a folder.</param>
/// <remarks>Immutable.</remarks>
public sealed record ArtifactAddition(string Spec)
{
    /// <summary>The ref that <see cref="Spec"/> names, or null. Only needed to tell a ref with slashes from the path after it.</summary>
    public string? Ref { get; init; }

    /// <summary>The name of the type, or null to detect it from the files.</summary>
    public string? Type { get; init; }

    /// <summary>The name in the collection, or null for the last part of the path.</summary>
    public string? Name { get; init; }

    /// <summary>Whether <see cref="Name"/> is a suggestion, which gets longer if another artifact of the collection or of the request has it.</summary>
    public bool IsNameSuggested { get; init; }

    /// <summary>Whether the collection had it already from the same place when it was selected, so that adding it changes nothing.</summary>
    public bool IsPresent { get; init; }

    /// <summary>The folder out of which no link is followed, for a folder that a project names; null for the git working tree.</summary>
    internal string? LinkBoundary { get; init; }

    /// <summary>The reason why a source or pattern selects nothing, or null. Its entry is this error.</summary>
    public SkillMeatException? Problem { get; init; }
}
