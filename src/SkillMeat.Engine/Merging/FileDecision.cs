namespace SkillMeat.Merging;

/// <summary>The decision of a merge about one file.</summary>
/// <param name="Track">The file.</param>
/// <param name="Result">The file after the merge; null if it does not exist then.</param>
/// <param name="Conflict">The reason why the file is left as it is locally; null if the result stands.</param>
internal sealed record FileDecision(FileTrack Track, PlannedFile? Result, FileConflict? Conflict = null)
{
    /// <summary>Leaves a file as it is locally.</summary>
    public static FileDecision Keep(FileTrack track, MergeInput input, FileConflict? conflict = null) =>
        new(track, track.Local is { } path ? new PlannedFile(path, input.Local[path].Kind, FileSource.Local, path) : null, conflict);
}
