using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>The changes of a refresh to a manifest. A dry run is the plan without the writing, so that the two cannot differ.</summary>
internal sealed class RefreshPlan
{
    private readonly IReadOnlyList<(FieldAnswer Answer, Artifact Current, IReadOnlyList<FieldChange> Changes)> _edits;

    private RefreshPlan(IReadOnlyList<RefreshEntry> entries, IReadOnlyList<(FieldAnswer Answer, Artifact Current, IReadOnlyList<FieldChange> Changes)> edits)
    {
        Entries = entries;
        _edits = edits;
    }

    public IReadOnlyList<RefreshEntry> Entries { get; }

    public bool HasChanges => _edits.Count > 0;

    public int ChangedCount => _edits.Count;

    /// <summary>Compares the answers from upstream with the current artifacts.</summary>
    public static RefreshPlan Make(IReadOnlyList<Artifact> current, IReadOnlyList<FieldAnswer> answers, IReadOnlyList<RefreshField> fields, TimeProvider time)
    {
        var byId = current.ToDictionary(a => a.Id);
        var entries = new List<RefreshEntry>(answers.Count);
        var edits = new List<(FieldAnswer, Artifact, IReadOnlyList<FieldChange>)>();
        foreach (var answer in answers)
        {
            var started = time.GetTimestamp();
            var (entry, changes) = MakeOne(answer, byId.GetValueOrDefault(answer.Id), fields);
            entries.Add(entry with { Duration = answer.Duration + time.GetElapsedTime(started) });
            if (changes.Count > 0)
            {
                edits.Add((answer, byId[answer.Id], changes));
            }
        }

        return new RefreshPlan(entries, edits);
    }

    public void ApplyTo(Manifest manifest, DateTimeOffset now)
    {
        foreach (var (answer, current, changes) in _edits)
        {
            manifest.Apply(answer.Id, ToEdit(changes, current, answer.Fields!), now);
        }
    }

    public RefreshSummary Summarize(TimeSpan duration) => new(
        Entries.Count(e => e.Status == RefreshStatus.Refreshed),
        Entries.Count(e => e.Status == RefreshStatus.Unchanged),
        Entries.Count(e => e.Status == RefreshStatus.Skipped),
        Entries.Count(e => e.Status == RefreshStatus.Error),
        duration);

    private static (RefreshEntry Entry, IReadOnlyList<FieldChange> Changes) MakeOne(FieldAnswer answer, Artifact? now, IReadOnlyList<RefreshField> fields)
    {
        var entry = new RefreshEntry(answer.Id) { Collection = answer.Asked.Collection, Status = RefreshStatus.Unchanged, Reason = answer.Remark };
        if (answer.Error is { } error)
        {
            return (entry with { Status = RefreshStatus.Error, Error = error.Message, ErrorId = error.ErrorId }, []);
        }

        if (answer.Fields is null)
        {
            return (entry with { Status = RefreshStatus.Skipped, Reason = answer.Remark }, []);
        }

        if (now is null || !answer.IsAbout(now))
        {
            return (entry with { Status = RefreshStatus.Skipped, Reason = now is null ? "It was removed in the meantime." : "Its upstream was changed in the meantime." }, []);
        }

        var changes = FieldChange.Between(now, answer.Fields, fields);
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

    private static ArtifactEdit ToEdit(IReadOnlyList<FieldChange> changes, Artifact current, UpstreamFields upstream)
    {
        object? New(RefreshField field) => changes.FirstOrDefault(c => c.Field == field)?.NewValue;
        var tags = (IReadOnlyList<string>?)New(RefreshField.Tags);
        return new ArtifactEdit
        {
            Tags = tags,
            ImportedTags = tags is null ? null : upstream.Tags,
            FieldsOfRepository = FieldsOfRepository(changes, current, upstream),
            Description = (string?)New(RefreshField.Description),
            Author = (string?)New(RefreshField.Author),
            License = (string?)New(RefreshField.License),
            Category = (string?)New(RefreshField.Category),
            Deprecated = (bool?)New(RefreshField.Deprecated),
            OriginSource = (string?)New(RefreshField.OriginSource),
        };
    }

    /// <summary>Returns the fields whose values come from the repository after the change; null if the recorded list stays the same.</summary>
    private static List<string>? FieldsOfRepository(IReadOnlyList<FieldChange> changes, Artifact current, UpstreamFields upstream)
    {
        var recorded = new[] { RefreshField.Description, RefreshField.Deprecated };
        var after = recorded
            .Where(f => changes.Any(c => c.Field == f) ? upstream.IsFromRepository(f) : current.FieldsOfRepository.Contains(f.Name))
            .Select(f => f.Name)
            .ToList();
        return after.SequenceEqual(current.FieldsOfRepository) ? null : after;
    }
}
