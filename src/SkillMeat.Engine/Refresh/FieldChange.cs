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
            if (!fields.Contains(field)) continue;
            var old = field.Current(artifact);
            var isWithdrawn = upstream.Withdraws(field, artifact);
            var told = upstream.Find(field, isWithdrawn ? field.Clear(artifact) : artifact);
            if (told is null && !isWithdrawn) continue;
            var value = told is null ? null : field.Combine(artifact, told);
            if (!AreEqual(old, value)) (changes ??= []).Add(new FieldChange(field, old, value));
        }

        return changes ?? (IReadOnlyList<FieldChange>)[];
    }

    private static bool AreEqual(object? old, object? value) =>
        ReferenceEquals(old, value) || (value is IReadOnlyList<string> tags ? old is IReadOnlyList<string> before && before.SequenceEqual(tags, StringComparer.Ordinal) : Equals(old, value));
}
