using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>The changes of a refresh to a manifest. A dry run is the plan without the writing, so that the two cannot differ.</summary>
internal sealed class RefreshPlan
{
    private RefreshPlan(IReadOnlyList<RefreshEntry> entries)
    {
        Entries = entries;
        ChangedCount = entries.Count(entry => entry.Status == RefreshStatus.Refreshed);
    }

    /// <summary>The entries, in the order of the answers.</summary>
    public IReadOnlyList<RefreshEntry> Entries { get; }

    public bool HasChanges => ChangedCount > 0;

    public int ChangedCount { get; }

    /// <summary>Compares the answers from upstream with the current artifacts.</summary>
    /// <param name="current">The artifacts of the collection. They are read one by one, and not kept.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="fields">The fields to compare.</param>
    /// <param name="time">The clock.</param>
    /// <param name="edit">Called with the edit of each artifact that changes and the time of the plan, before the next artifact is read; null for a plan alone.</param>
    public static RefreshPlan Make(
        IEnumerable<Artifact> current, IReadOnlyList<FieldAnswer> answers, IReadOnlyList<RefreshField> fields, TimeProvider time, Action<ArtifactId, ArtifactEdit, DateTimeOffset>? edit = null)
    {
        var now = time.GetUtcNow();
        var places = new Dictionary<ArtifactId, int>(answers.Count);
        for (var place = 0; place < answers.Count; place++) places.Add(answers[place].Id, place);
        var entries = new RefreshEntry?[answers.Count];
        foreach (var artifact in current)
        {
            if (!places.TryGetValue(artifact.Id, out var place)) continue;
            var started = time.GetTimestamp();
            var changes = Compare(answers[place], artifact, fields);
            entries[place] = EntryOf(answers[place], artifact, changes, fields, now, answers[place].Duration + time.GetElapsedTime(started));
            if (changes.Count > 0) edit?.Invoke(artifact.Id, ToEdit(changes, artifact, answers[place].Fields!), now);
        }

        return new RefreshPlan(answers.Select((answer, place) => entries[place] ?? EntryOf(answer, null, [], fields, now, answer.Duration)).ToArray());
    }

    /// <summary>Returns the plan without the changes to some artifacts, which are skipped.</summary>
    public RefreshPlan Without(IReadOnlySet<string> declined) => new(Entries.Select(entry => declined.Contains(entry.ArtifactId)
        ? new RefreshEntry(entry.Id) { Collection = entry.Collection, Status = RefreshStatus.Skipped, Reason = FieldAnswer.Declined, Duration = entry.Duration, TagsImportedAt = entry.TagsImportedBefore }
        : entry).ToArray());

    public RefreshSummary Summarize(TimeSpan duration) => new(
        Entries.Count(e => e.Status == RefreshStatus.Refreshed),
        Entries.Count(e => e.Status == RefreshStatus.Unchanged),
        Entries.Count(e => e.Status == RefreshStatus.Skipped),
        Entries.Count(e => e.Status == RefreshStatus.Error),
        duration);

    /// <summary>Returns the changes to an artifact; none if there is no answer about it.</summary>
    private static IReadOnlyList<FieldChange> Compare(FieldAnswer answer, Artifact now, IReadOnlyList<RefreshField> fields) =>
        answer is { Error: null, Fields: { } told } && answer.IsAbout(now) ? FieldChange.Between(now, told, fields) : [];

    private static RefreshEntry EntryOf(FieldAnswer answer, Artifact? now, IReadOnlyList<FieldChange> changes, IReadOnlyList<RefreshField> fields, DateTimeOffset time, TimeSpan duration)
    {
        var (status, reason) = answer switch
        {
            { Error: not null } => (RefreshStatus.Error, answer.Remark),
            { Fields: null } => (RefreshStatus.Skipped, answer.Remark),
            _ when now is null => (RefreshStatus.Skipped, "It was removed in the meantime."),
            _ when !answer.IsAbout(now) => (RefreshStatus.Skipped, "Its upstream was changed in the meantime."),
            _ => (changes.Count == 0 ? RefreshStatus.Unchanged : RefreshStatus.Refreshed, RemarkOn(answer, FieldChange.FindKept(now, answer.Fields, fields))),
        };
        var entry = new RefreshEntry(answer.Id)
        {
            Collection = answer.Asked.Collection,
            Status = status,
            Reason = reason,
            Error = answer.Error?.Message,
            ErrorId = answer.Error?.ErrorId,
            TagsImportedAt = now?.TagsImportedAt,
            TagsImportedBefore = now?.TagsImportedAt,
            Duration = duration,
        };
        return changes.Count == 0 ? entry : entry with
        {
            TagsImportedAt = changes.Any(c => c.Field == RefreshField.Tags) ? IsoTime.Read(IsoTime.Write(time)) : entry.TagsImportedAt,
            Changes = TextValues.Of(changes.Select(c => c.Field.Name)),
            OldValues = new FieldValues(changes.ToDictionary(c => c.Field.Name, c => c.OldValue)),
            NewValues = new FieldValues(changes.ToDictionary(c => c.Field.Name, c => c.NewValue)),
        };
    }

    private static string? RemarkOn(FieldAnswer answer, IReadOnlyList<string> kept)
    {
        if (kept.Count == 0) return answer.Remark;
        var remark = $"Kept as you set it, though upstream's differs: {string.Join(", ", kept)}.";
        return answer.Remark is { } other ? $"{other} {remark}" : remark;
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
