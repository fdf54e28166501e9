using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>A field of an artifact whose value differs from upstream.</summary>
/// <param name="Field">The field.</param>
/// <param name="OldValue">The value in the manifest; null if there is none.</param>
/// <param name="NewValue">The value to write; null to remove the field.</param>
internal sealed record FieldChange(RefreshField Field, object? OldValue, object? NewValue)
{
    /// <summary>Returns the changes that bring an artifact's fields in line with upstream.</summary>
    public static IReadOnlyList<FieldChange> Between(Artifact artifact, UpstreamFields upstream, IReadOnlyList<RefreshField> fields)
    {
        List<FieldChange>? changes = null;
        for (var place = 0; place < RefreshField.All.Count; place++)
        {
            var field = RefreshField.All[place];
            if (!fields.Contains(field) || IsOfUser(field, artifact)) continue;
            var old = field.Current(artifact);
            var isWithdrawn = upstream.Withdraws(field, artifact);
            var told = upstream.Find(field, isWithdrawn ? field.Clear(artifact) : artifact);
            if (told is null && !isWithdrawn) continue;
            var value = told is null ? null : field.Combine(artifact, told);
            if (!AreEqual(old, value)) (changes ??= []).Add(new FieldChange(field, old, value));
        }

        return changes ?? (IReadOnlyList<FieldChange>)[];
    }

    /// <summary>Returns the fields that the user set, and for which upstream has another value.</summary>
    public static IReadOnlyList<string> FindKept(Artifact artifact, UpstreamFields upstream, IReadOnlyList<RefreshField> fields) => artifact.FieldsOfUser.Count == 0 ? [] :
        [.. fields.Where(field => IsOfUser(field, artifact) && upstream.Find(field, artifact) is { } told && !AreEqual(field.Current(artifact), told)).Select(field => field.Name)];

    // One that was removed by hand is upstream's again.
    private static bool IsOfUser(RefreshField field, Artifact artifact) => artifact.FieldsOfUser.Contains(field.Name) && field.Current(artifact) is not null;

    private static bool AreEqual(object? old, object? value) =>
        ReferenceEquals(old, value) || (value is IReadOnlyList<string> tags ? old is IReadOnlyList<string> before && before.SequenceEqual(tags, StringComparer.Ordinal) : Equals(old, value));
}
