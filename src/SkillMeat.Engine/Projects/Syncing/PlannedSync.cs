using SkillMeat.Collections;

namespace SkillMeat.Projects.Syncing;

/// <summary>The plan of a sync. Nothing is written.</summary>
/// <remarks>Immutable. Choosing makes a new plan and leaves this one.</remarks>
public sealed class PlannedSync
{
    private readonly IReadOnlyDictionary<(string Path, ArtifactId Artifact), SyncChoice> _chosen;

    internal PlannedSync(SyncRequest request, IReadOnlyList<SyncEntry> entries)
        : this(request, entries, new Dictionary<(string, ArtifactId), SyncChoice>())
    {
    }

    private PlannedSync(SyncRequest request, IReadOnlyList<SyncEntry> entries, IReadOnlyDictionary<(string Path, ArtifactId Artifact), SyncChoice> chosen)
    {
        Request = request;
        Entries = entries;
        _chosen = chosen;
    }

    /// <summary>The planned outcomes, by project, in the order of the records.</summary>
    public IReadOnlyList<SyncEntry> Entries { get; }

    /// <summary>Whether a person has to choose for each artifact that changes.</summary>
    public bool IsPrompt => Request.Strategy == SyncStrategy.Prompt;

    internal SyncRequest Request { get; }

    /// <summary>Makes the same plan with choices for some artifacts.</summary>
    /// <param name="choices">The choices, by entries of this plan.</param>
    /// <returns>The plan, for <see cref="ProjectSyncer.ApplyAsync"/>. Its entries are still those of this plan.</returns>
    public PlannedSync Choose(IReadOnlyCollection<KeyValuePair<SyncEntry, SyncChoice>> choices)
    {
        var chosen = _chosen.ToDictionary();
        foreach (var (entry, choice) in choices) chosen[(entry.Path, entry.Id)] = choice;
        return new PlannedSync(Request, Entries, chosen);
    }

    /// <summary>Returns the plan as the result of a dry run.</summary>
    /// <returns>The result.</returns>
    public SyncResult ToResult() => new([.. Entries], []);

    /// <summary>Returns the choice for a copy. An artifact that changed only after the person was asked is left as it is.</summary>
    internal SyncChoice ChoiceFor(SyncTarget target) =>
        _chosen.TryGetValue((target.FullPath, target.Artifact), out var choice) ? choice : Request.Strategy == SyncStrategy.Prompt ? SyncChoice.Skip : SyncChoices.Of(Request);
}
