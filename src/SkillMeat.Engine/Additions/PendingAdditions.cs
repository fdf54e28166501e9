using SkillMeat.Changes;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;

namespace SkillMeat.Additions;

/// <summary>Additions to a collection that are fetched, and written later, also together with other changes. Not thread-safe.</summary>
/// <param name="adder">Plans the additions.</param>
/// <param name="preparer">Fetches and validates the contents.</param>
/// <param name="artifacts">The requested artifacts.</param>
/// <param name="collection">The folder name of the collection.</param>
internal sealed class PendingAdditions(ArtifactAdder adder, AdditionPreparer preparer, IReadOnlyList<ArtifactAddition> artifacts, string collection)
{
    private IReadOnlyList<PreparedAddition?> _prepared = [];
    private List<AddEntry> _entries = [];
    private PlannedAdditions? _planned;

    /// <summary>The group that the artifacts join, or null.</summary>
    public string? Group { get; init; }

    /// <summary>Whether an artifact could not be fetched, or is not valid.</summary>
    public bool HasErrors => _entries.Exists(entry => entry.Status == AddStatus.Error);

    /// <summary>The outcome for each requested artifact as it was planned last, or before a plan as it was fetched.</summary>
    public IReadOnlyList<AddEntry> Entries => _planned?.Entries ?? _entries;

    /// <summary>The change of the collection as it was planned last; null if nothing is added, and no group is joined.</summary>
    public CollectionChange? Change => _planned is { } planned && (planned.Additions.Count > 0 || planned.Joined is not null) ? adder.MakeChange(planned) : null;

    /// <summary>Fetches and validates the contents. A cleanup can collect them, unless this is done under the lock of the collection.</summary>
    /// <exception cref="SkillMeatException">The contents cannot be stored.</exception>
    public async Task FetchAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var fetched = await preparer.PrepareAsync(artifacts, cancellationToken).ConfigureAwait(false);
                _prepared = [.. fetched.Select(one => one.Prepared)];
                // The branch may have moved, and a server that failed may answer.
                _entries = [.. artifacts.Zip(fetched, (addition, one) => ArtifactAdder.Describe(AddressText.WithoutCredentials(addition.Spec), collection, one.Prepared, one.Error))];
                return;
            }
            catch (StorageException e) when (e.ErrorId == ErrorIds.ObjectMissing && attempt < ConcurrentChanges.MaxAttempts)
            {
                // A cleanup collected the objects between the download and the validation.
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <summary>Plans the additions to the collection as it is now.</summary>
    /// <exception cref="SkillMeatException">The collection cannot be read.</exception>
    public PlannedAdditions Plan() => _planned = adder.Plan(collection, _entries, _prepared, Group);

    /// <summary>Returns the content of an artifact that is going to be added, or null.</summary>
    public TreeEntry? Find(ArtifactId id) => _planned?.Additions.FirstOrDefault(addition => addition.Id == id)?.Content;
}
