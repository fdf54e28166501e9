using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>A field of an artifact whose value differs from upstream.</summary>
/// <param name="Field">The field.</param>
/// <param name="OldValue">The value in the manifest; null if there is none.</param>
/// <param name="NewValue">The value to write.</param>
internal sealed record FieldChange(RefreshField Field, object? OldValue, object NewValue)
{
    /// <summary>Returns the changes that bring an artifact's fields in line with upstream.</summary>
    public static IReadOnlyList<FieldChange> Between(Artifact artifact, UpstreamFields upstream, IReadOnlyList<RefreshField> fields)
    {
        var changes = new List<FieldChange>();
        foreach (var field in RefreshField.All.Where(fields.Contains))
        {
            var old = ValueOf(artifact, field);
            if (upstream.Find(field, artifact) is { } found && Combine(artifact, field, found) is var value && !AreEqual(old, value))
            {
                changes.Add(new FieldChange(field, old, value));
            }
        }

        return changes;
    }

    private static object? ValueOf(Artifact artifact, RefreshField field)
    {
        if (field == RefreshField.Tags)
        {
            return artifact.Tags;
        }

        return field == RefreshField.Description ? artifact.Description
            : field == RefreshField.Category ? artifact.Category
            : field == RefreshField.License ? artifact.License
            : field == RefreshField.Deprecated ? artifact.Deprecated
            : field == RefreshField.Author ? artifact.Author
            : artifact.OriginSource;
    }

    private static object Combine(Artifact artifact, RefreshField field, object found) =>
        field == RefreshField.Tags ? CombineTags(artifact, (IReadOnlyList<string>)found) : found;

    /// <summary>
    /// Replaces the tags that came from upstream before, and keeps all others, which belong to the user, in their places. If the origin of the tags
    /// was never recorded, none is removed.
    /// </summary>
    private static TextValues CombineTags(Artifact artifact, IReadOnlyList<string> found)
    {
        var withdrawn = (artifact.ImportedTags ?? []).Except(found, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return TextValues.Of(artifact.Tags.Where(t => !withdrawn.Contains(t)).Concat(found).Distinct(StringComparer.Ordinal));
    }

    private static bool AreEqual(object? old, object value) =>
        value is IReadOnlyList<string> tags ? old is IReadOnlyList<string> before && before.SequenceEqual(tags, StringComparer.Ordinal) : value.Equals(old);
}
