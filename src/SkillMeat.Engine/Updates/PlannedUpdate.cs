using SkillMeat.Checks;
using SkillMeat.Collections;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;
using SkillMeat.Updates.Planning;

namespace SkillMeat.Updates;

/// <summary>What an update would do, as a value: upstream has been asked and its contents were fetched, and no file of a collection was written.</summary>
/// <remarks>Choosing gives another plan; this one stays. Dispose the first one when done with all: a dry run keeps what it fetched in a temporary folder.</remarks>
public sealed class PlannedUpdate : IDisposable
{
    private readonly TemporaryFolder? _scratch;

    internal PlannedUpdate(UpdateRequest request, ObjectStore objects, TemporaryFolder? scratch, IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>> inputs, IReadOnlyList<CollectionUpdate> updates)
    {
        Request = request;
        Objects = objects;
        Inputs = inputs;
        Updates = updates;
        _scratch = scratch;
    }

    /// <summary>What would become of each artifact, in the order of the collections and of their manifests.</summary>
    public IReadOnlyList<UpdateEntry> Entries => [.. Updates.SelectMany(update => update.Artifacts).Select(artifact => artifact.Entry with { DryRun = true })];

    /// <summary>The artifacts that were asked for by their full names and that no collection has.</summary>
    public IReadOnlyList<UnknownArtifact> Unknown { get; init; } = [];

    internal UpdateRequest Request { get; }

    internal ObjectStore Objects { get; }

    internal IReadOnlyDictionary<string, IReadOnlyList<UpdateInput>> Inputs { get; }

    internal IReadOnlyList<CollectionUpdate> Updates { get; }

    /// <summary>Whether it is known already that nothing is to be written.</summary>
    internal bool ChangesNothing => Chosen.Count == 0 && Updates.Count == Inputs.Count && !Updates.Any(update => update.HasChanges);

    internal TimeSpan Duration { get; init; }

    /// <summary>What somebody merged by hand; null for nothing.</summary>
    internal TreeEntry? Resolved { get; init; }

    internal IReadOnlyDictionary<(string Collection, ArtifactId Artifact), UpdateStrategy> Chosen { get; init; } = new Dictionary<(string Collection, ArtifactId Artifact), UpdateStrategy>();

    /// <summary>The same plan, in which artifacts are dealt with as a person chose; <see cref="UpdateStrategy.KeepLocal"/> leaves one as it is.</summary>
    /// <param name="choices">The strategies, by entries of this plan.</param>
    /// <returns>The plan, for <see cref="ArtifactUpdater.ApplyAsync"/>. Its entries are still those of before.</returns>
    public PlannedUpdate Choose(IReadOnlyCollection<KeyValuePair<UpdateEntry, UpdateStrategy>> choices)
    {
        var chosen = Chosen.ToDictionary();
        foreach (var (entry, strategy) in choices) chosen[(entry.Collection, entry.Id)] = strategy;
        return new PlannedUpdate(Request, Objects, scratch: null, Inputs, Updates) { Unknown = Unknown, Duration = Duration, Resolved = Resolved, Chosen = chosen };
    }

    /// <summary>The plan as the result of a dry run.</summary>
    /// <returns>A result that says that nothing was written.</returns>
    public UpdateResult ToResult() => new() { Entries = Entries, Unknown = Unknown, Duration = Duration };

    /// <inheritdoc/>
    public void Dispose() => _scratch?.Dispose();

    internal UpdateStrategy StrategyOf(string collection, ArtifactId artifact) => Chosen.GetValueOrDefault((collection, artifact), Request.Strategy);
}
