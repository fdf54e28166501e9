namespace SkillMeat.Merging;

/// <summary>A file that a merge leaves as it is locally, because a person has to choose.</summary>
/// <param name="Path">The local path, or upstream's where there is none locally.</param>
/// <param name="Kind">Why.</param>
/// <param name="Reason">Why, in one line for people.</param>
public sealed record FileConflict(string Path, ConflictKind Kind, string Reason)
{
    /// <summary>Where the file is in what both sides came from; null when it isn't, or when that is not known.</summary>
    public string? BasePath { get; init; }

    /// <summary>Where it is locally; null when it isn't.</summary>
    public string? LocalPath { get; init; }

    /// <summary>Where it is upstream; null when it isn't.</summary>
    public string? UpstreamPath { get; init; }

    /// <summary>The lines that both sides changed; none where the conflict is not about lines.</summary>
    public IReadOnlyList<LineConflict> Lines { get; init; } = [];
}
