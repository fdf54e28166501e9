using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>The changes of a refresh to a manifest. A dry run is the plan without the writing, so that the two cannot differ.</summary>
internal sealed class RefreshPlan
{
    private readonly IReadOnlyList<(ToldArtifact Told, Artifact Current, IReadOnlyList<FieldChange> Changes)> _edits;

    private RefreshPlan(IReadOnlyList<RefreshEntry> entries, IReadOnlyList<(ToldArtifact Told, Artifact Current, IReadOnlyList<FieldChange> Changes)> edits)
    {
        Entries = entries;
        _edits = edits;
    }

    public IReadOnlyList<RefreshEntry> Entries { get; }

    public bool HasChanges => _edits.Count > 0;

    public int ChangedCount => _edits.Count;

    /// <summary>Compares the answers from upstream with the current artifacts.</summary>
    public static RefreshPlan Make(IReadOnlyList<Artifact> current, IReadOnlyList<ToldArtifact> told, IReadOnlyList<RefreshField> fields, TimeProvider time)
    {
        var byId = current.ToDictionary(a => a.Id);
        var entries = new List<RefreshEntry>(told.Count);
        var edits = new List<(ToldArtifact, Artifact, IReadOnlyList<FieldChange>)>();
        foreach (var one in told)
        {
            var started = time.GetTimestamp();
            var (entry, changes) = MakeOne(one, byId.GetValueOrDefault(one.Id), fields);
            entries.Add(entry with { Duration = one.Duration + time.GetElapsedTime(started) });
            if (changes.Count > 0)
            {
                edits.Add((one, byId[one.Id], changes));
            }
        }

        return new RefreshPlan(entries, edits);
    }

    public void ApplyTo(Manifest manifest, DateTimeOffset now)
    {
        foreach (var (told, current, changes) in _edits)
        {
            manifest.Apply(told.Id, ToEdit(changes, current, told.Fields!), now);
        }
    }

    public RefreshSummary Summarize(TimeSpan duration) => new(
        Entries.Count(e => e.Status == RefreshStatus.Refreshed),
        Entries.Count(e => e.Status == RefreshStatus.Unchanged),
        Entries.Count(e => e.Status == RefreshStatus.Skipped),
        Entries.Count(e => e.Status == RefreshStatus.Error),
        duration);

    private static (RefreshEntry Entry, IReadOnlyList<FieldChange> Changes) MakeOne(ToldArtifact told, Artifact? now, IReadOnlyList<RefreshField> fields)
    {
        var entry = new RefreshEntry(told.Id) { Collection = told.Asked.Collection, Status = RefreshStatus.Unchanged, Reason = told.Remark };
        if (told.Error is { } error)
        {
            return (entry with { Status = RefreshStatus.Error, Error = error.Message, ErrorId = error.ErrorId }, []);
        }

        if (told.Fields is null)
        {
            return (entry with { Status = RefreshStatus.Skipped, Reason = told.Remark }, []);
        }

        if (now is null || !told.IsAbout(now))
        {
            return (entry with { Status = RefreshStatus.Skipped, Reason = now is null ? "It was removed in the meantime." : "Its upstream was changed in the meantime." }, []);
        }

        var changes = FieldChange.Between(now, told.Fields, fields);
        return changes.Count == 0
            ? (entry, changes)
            : (entry with
            {
                Status = RefreshStatus.Refreshed,
                Changes = TextValues.Of(changes.Select(c => c.Field.Name)),
                OldValues = new FieldValues(changes.ToDictionary(c => c.Field.Name, c => c.OldValue)),
                NewValues = new FieldValues(changes.ToDictionary(c => c.Field.Name, c => (object?)c.NewValue)),
            },
            changes);
    }

    private static ArtifactEdit ToEdit(IReadOnlyList<FieldChange> changes, Artifact current, UpstreamFields told)
    {
        object? New(RefreshField field) => changes.FirstOrDefault(c => c.Field == field)?.NewValue;
        var tags = (IReadOnlyList<string>?)New(RefreshField.Tags);
        return new ArtifactEdit
        {
            Tags = tags,
            ImportedTags = tags is null ? null : told.Tags,
            FieldsOfRepository = FieldsOfRepository(changes, current, told),
            Description = (string?)New(RefreshField.Description),
            Author = (string?)New(RefreshField.Author),
            License = (string?)New(RefreshField.License),
            Category = (string?)New(RefreshField.Category),
            Deprecated = (bool?)New(RefreshField.Deprecated),
            OriginSource = (string?)New(RefreshField.OriginSource),
        };
    }

    /// <summary>Returns the fields whose values come from the repository after the change; null if the recorded list stays the same.</summary>
    private static List<string>? FieldsOfRepository(IReadOnlyList<FieldChange> changes, Artifact current, UpstreamFields told)
    {
        var recorded = new[] { RefreshField.Description, RefreshField.Deprecated };
        var after = recorded
            .Where(f => changes.Any(c => c.Field == f) ? told.IsRepositorys(f) : current.FieldsOfRepository.Contains(f.Name))
            .Select(f => f.Name)
            .ToList();
        return after.SequenceEqual(current.FieldsOfRepository) ? null : after;
    }
}
