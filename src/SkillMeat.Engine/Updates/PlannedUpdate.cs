using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Updates;

/// <summary>The plan of an update. Upstream's contents are fetched, but no file of a collection is written.</summary>
/// <remarks>Choosing makes a new plan and leaves this one. Dispose the first plan after the last use of any: a dry run keeps its downloads in a temporary folder.</remarks>
public sealed class PlannedUpdate : IDisposable
{
    private readonly TemporaryFolder? _scratch;
    private readonly bool _isComplete;

    // Only the outcomes are kept: the update is planned again when it is applied, and two plans of thousands of artifacts take twice the memory.
    internal PlannedUpdate(UpdateRequest request, ObjectStore objects, TemporaryFolder? scratch, IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>> inputs, IReadOnlyList<CollectionUpdate> updates)
        : this(request, objects, scratch, inputs, [.. updates.SelectMany(update => update.Artifacts).Select(artifact => artifact.Entry with { DryRun = true })], updates.Count == inputs.Count)
    {
        Conflicting = updates.SelectMany(update => update.Artifacts).Where(artifact => artifact is { Entry.Status: UpdateStatus.Conflict, Before: not null })
            .ToDictionary(artifact => (artifact.Entry.Collection, artifact.Entry.Id), artifact => artifact.Before!);
    }

    private PlannedUpdate(
        UpdateRequest request, ObjectStore objects, TemporaryFolder? scratch, IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>> inputs, IReadOnlyList<UpdateEntry> entries, bool isComplete)
    {
        Request = request;
        Objects = objects;
        Inputs = inputs;
        Entries = entries;
        _scratch = scratch;
        _isComplete = isComplete;
    }

    /// <summary>The planned outcome for each artifact, in the order of the collections and of their manifests.</summary>
    public IReadOnlyList<UpdateEntry> Entries { get; }

    /// <summary>The artifacts that were requested by their full names and that no collection has.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    internal UpdateRequest Request { get; }

    internal ObjectStore Objects { get; }

    internal IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>> Inputs { get; }

    /// <summary>Whether the plan is known to write nothing.</summary>
    internal bool ChangesNothing => Chosen.Count == 0 && _isComplete && !Entries.Any(entry => entry.IsChange);

    internal TimeSpan Duration { get; init; }

    /// <summary>The stored local contents of the artifacts in conflict.</summary>
    private IReadOnlyDictionary<(string Collection, ArtifactId Artifact), TreeEntry> Conflicting { get; init; } = new Dictionary<(string Collection, ArtifactId Artifact), TreeEntry>();

    /// <summary>The stored artifact that was merged by hand; null for none.</summary>
    internal TreeEntry? Resolved { get; init; }

    internal IReadOnlyDictionary<(string Collection, ArtifactId Artifact), UpdateStrategy> Chosen { get; init; } = new Dictionary<(string Collection, ArtifactId Artifact), UpdateStrategy>();

    /// <summary>Makes the same plan with other strategies for some artifacts; <see cref="UpdateStrategy.KeepLocal"/> leaves an artifact as it is.</summary>
    /// <param name="choices">The strategies, by entries of this plan.</param>
    /// <returns>The plan, for <see cref="ArtifactUpdater.ApplyAsync"/>. Its entries are still those of this plan.</returns>
    public PlannedUpdate Choose(IReadOnlyCollection<KeyValuePair<UpdateEntry, UpdateStrategy>> choices)
    {
        var chosen = Chosen.ToDictionary();
        foreach (var (entry, strategy) in choices) chosen[(entry.Collection, entry.Id)] = strategy;
        return new PlannedUpdate(Request, Objects, scratch: null, Inputs, Entries, _isComplete) { Unknown = Unknown, Duration = Duration, Resolved = Resolved, Chosen = chosen };
    }

    /// <summary>Reads the contents of the files in conflict, for a person who resolves them.</summary>
    /// <param name="entry">An entry of this plan.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The contents, in the order of the entry's conflicts. None if the entry has no conflicts.</returns>
    /// <exception cref="Errors.SkillMeatException">A content cannot be read.</exception>
    public IReadOnlyList<ConflictTexts> ReadConflicts(UpdateEntry entry, CancellationToken cancellationToken = default)
    {
        if (!Conflicting.TryGetValue((entry.Collection, entry.Id), out var local)) return [];
        var input = Inputs[entry.Collection].First(one => one.Tracked.Artifact.Id == entry.Id);
        return new ConflictReader(Objects, input, local).Read(entry.Conflicts, cancellationToken);
    }

    /// <summary>Returns this plan with what a newer one found.</summary>
    internal PlannedUpdate Renew(PlannedUpdate newer) =>
        new(Request, Objects, scratch: null, newer.Inputs, newer.Entries, newer._isComplete) { Unknown = Unknown, Resolved = newer.Resolved, Duration = Duration, Chosen = Chosen };

    /// <summary>Returns the plan as the result of a dry run.</summary>
    /// <returns>The result.</returns>
    public UpdateResult ToResult() => new() { Entries = Entries, Unknown = Unknown, Duration = Duration };

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    internal UpdateStrategy StrategyOf(string collection, ArtifactId artifact) => Chosen.GetValueOrDefault((collection, artifact), Request.Strategy);
}
