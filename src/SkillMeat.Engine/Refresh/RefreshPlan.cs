using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>The changes of a refresh to a manifest. A dry run is the plan without the writing, so that the two cannot differ.</summary>
internal sealed class RefreshPlan
{
    private readonly IReadOnlyList<(FieldAnswer Answer, Artifact Current, IReadOnlyList<FieldChange> Changes)> _edits;

    private readonly DateTimeOffset _now;

    private RefreshPlan(IReadOnlyList<RefreshEntry> entries, IReadOnlyList<(FieldAnswer Answer, Artifact Current, IReadOnlyList<FieldChange> Changes)> edits, DateTimeOffset now)
    {
        Entries = entries;
        _edits = edits;
        _now = now;
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
        var now = time.GetUtcNow();
        foreach (var answer in answers)
        {
            var started = time.GetTimestamp();
            var (entry, changes) = MakeOne(answer, byId.GetValueOrDefault(answer.Id), fields, now);
            entries.Add(entry with { Duration = answer.Duration + time.GetElapsedTime(started) });
            if (changes.Count > 0)
            {
                edits.Add((answer, byId[answer.Id], changes));
            }
        }

        return new RefreshPlan(entries, edits, now);
    }

    public void ApplyTo(Manifest manifest)
    {
        foreach (var (answer, current, changes) in _edits)
        {
            manifest.Apply(answer.Id, ToEdit(changes, current, answer.Fields!), _now);
        }
    }

    public RefreshSummary Summarize(TimeSpan duration) => new(
        Entries.Count(e => e.Status == RefreshStatus.Refreshed),
        Entries.Count(e => e.Status == RefreshStatus.Unchanged),
        Entries.Count(e => e.Status == RefreshStatus.Skipped),
        Entries.Count(e => e.Status == RefreshStatus.Error),
        duration);

    private static (RefreshEntry Entry, IReadOnlyList<FieldChange> Changes) MakeOne(FieldAnswer answer, Artifact? now, IReadOnlyList<RefreshField> fields, DateTimeOffset time)
    {
        var entry = new RefreshEntry(answer.Id) { Collection = answer.Asked.Collection, Status = RefreshStatus.Unchanged, Reason = answer.Remark, TagsImportedAt = now?.TagsImportedAt };
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
                TagsImportedAt = changes.Any(c => c.Field == RefreshField.Tags) ? IsoTime.Read(IsoTime.Write(time)) : now.TagsImportedAt,
                Changes = TextValues.Of(changes.Select(c => c.Field.Name)),
                OldValues = new FieldValues(changes.ToDictionary(c => c.Field.Name, c => c.OldValue)),
                NewValues = new FieldValues(changes.ToDictionary(c => c.Field.Name, c => c.NewValue)),
            },
            changes);
    }

    private static ArtifactEdit ToEdit(IReadOnlyList<FieldChange> changes, Artifact current, UpstreamFields told) => changes.Aggregate(
        new ArtifactEdit { FieldsOfRepository = FieldsOfRepository(changes, current, told) },
        (edit, change) => change.Field.Write(edit, change.NewValue, told));

    /// <summary>Returns the fields whose values come from the repository after the change; null if the recorded list stays the same.</summary>
    private static List<string>? FieldsOfRepository(IReadOnlyList<FieldChange> changes, Artifact current, UpstreamFields upstream)
    {
        var after = RefreshField.All
            .Where(f => f.RecordsRepository)
            .Where(f => changes.FirstOrDefault(c => c.Field == f) is { } change ? change.NewValue is not null && upstream.IsFromRepository(f) : current.FieldsOfRepository.Contains(f.Name))
            .Select(f => f.Name)
            .ToList();
        return after.SequenceEqual(current.FieldsOfRepository) ? null : after;
    }
}
