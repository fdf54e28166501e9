namespace SkillMeat.Projects.Drift;

/// <summary>The state of a copy follows from three contents: what was deployed (the base), what the collection has, and what the project has.</summary>
internal static class DriftStates
{
    /// <summary>Compares the contents by their content hashes. Null stands for no content.</summary>
    public static DriftState Of(string? baseHash, string? collection, string? project)
    {
        if (baseHash is null) return DriftState.Added;
        if (project is null) return DriftState.Removed;
        if (collection is null) return DriftState.Orphaned;
        return (project != baseHash, collection != baseHash) switch
        {
            (false, false) => DriftState.InSync,
            (true, false) => DriftState.Modified,
            (false, true) => DriftState.Outdated,
            _ => project == collection ? DriftState.Converged : DriftState.Conflict,
        };
    }

    /// <summary>The state of an artifact that was activated, and whose parts of Claude Code's settings were edited.</summary>
    /// <param name="ofFiles">The state of its files.</param>
    public static DriftState WithChangedSettings(DriftState ofFiles) => ofFiles switch
    {
        DriftState.InSync or DriftState.Converged => DriftState.Modified,
        DriftState.Outdated => DriftState.Conflict,
        _ => ofFiles,
    };

    /// <summary>The next step where the settings alone made the state.</summary>
    public static string RecommendationForSettings(DriftState ofFiles) => ofFiles == DriftState.Outdated ? "merge" : "activate_again";

    /// <summary>The origin of the change, in Python SkillMeat's terms.</summary>
    public static string OriginOf(DriftState state) => state switch
    {
        DriftState.InSync => "deployment",
        DriftState.Outdated or DriftState.Orphaned => "sync",
        _ => "local_modification",
    };

    /// <summary>The next step that keeps all content.</summary>
    /// <param name="state">The state.</param>
    /// <param name="isEdited">Whether the copy differs from what was deployed.</param>
    /// <param name="isLink">Whether the copy is a link to the collection.</param>
    public static string RecommendationFor(DriftState state, bool isEdited, bool isLink = false) => state switch
    {
        DriftState.InSync => "none",
        DriftState.Modified => "push_to_collection",
        DriftState.Outdated => "update_project",
        DriftState.Conflict => "merge",
        DriftState.Converged => "record_as_synced",
        DriftState.Added => "add_to_collection",
        DriftState.Removed => "deploy_again",
        // A link to files that are gone has nothing to adopt.
        _ => isLink ? "remove_from_project" : isEdited ? "add_to_collection" : "adopt_or_remove",
    };
}
