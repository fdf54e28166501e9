using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The snapshots that one object of the pipeline stands for, or that the parameters name.</summary>
/// <param name="Collections">The names of the collections, with wildcards, or null for the active one.</param>
/// <param name="Ids">The ids; empty for all snapshots of the collections.</param>
internal sealed record SnapshotTarget(string[]? Collections, IReadOnlyList<string> Ids)
{
    /// <summary>Creates the target that the parameters name.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: an id is empty.</exception>
    public static SnapshotTarget Of(string[]? collections, IReadOnlyList<string>? ids) => ids?.Any(string.IsNullOrWhiteSpace) == true
        ? throw new SkillMeatException(ErrorIds.InvalidArgument, "The id of a snapshot is empty.")
        : new SnapshotTarget(collections, ids ?? []);

    /// <summary>Reads an object of the pipeline.</summary>
    /// <param name="piped">The object.</param>
    /// <param name="collections">The collections that the parameters or the object name.</param>
    /// <param name="ids">The ids that the parameters or the object name.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the object does not name a snapshot.</exception>
    public static SnapshotTarget Read(PipedObject piped, string[]? collections, IReadOnlyList<string>? ids)
    {
        if (ids?.Where(id => !string.IsNullOrEmpty(id)).ToList() is { Count: > 0 } named)
        {
            return new SnapshotTarget(collections, named);
        }

        if (piped.Texts.Count > 0)
        {
            return Of(collections, piped.Texts);
        }

        if (piped.IsCollection)
        {
            return new SnapshotTarget(collections ?? ((piped["Collection"] ?? piped["Name"]) is { } own ? [own] : null), []);
        }

        if ((piped["SnapshotId"] ?? piped["Snapshot"] ?? piped["Id"]) is { } id)
        {
            return new SnapshotTarget(collections, [id]);
        }

        throw piped["SnapshotId"] is null && piped.Has("SnapshotId")
            ? new SkillMeatException(ErrorIds.InvalidArgument, $"There is no snapshot from before this change{Describe(piped)}: nothing was changed, or no snapshot was taken.")
            : piped.Unnamed("a snapshot", "SnapshotId");
    }

    private static string Describe(PipedObject piped) => piped["ArtifactId"] is { } artifact ? $" of {artifact}" : "";
}
