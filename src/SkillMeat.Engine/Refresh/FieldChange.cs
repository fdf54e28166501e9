using SkillMeat.Collections;

namespace SkillMeat.Refresh;

/// <summary>A field of an artifact with another value than upstream gives it.</summary>
/// <param name="Field">The field.</param>
/// <param name="OldValue">The value in the manifest; null for none.</param>
/// <param name="NewValue">The value to write.</param>
internal sealed record FieldChange(RefreshField Field, object? OldValue, object NewValue)
{
    /// <summary>What has to change in an artifact for it to say what upstream says.</summary>
    public static IReadOnlyList<FieldChange> Between(Artifact artifact, UpstreamFields upstream, IReadOnlyList<RefreshField> fields)
    {
        var changes = new List<FieldChange>();
        foreach (var field in RefreshField.All.Where(fields.Contains))
        {
            var old = ValueOf(artifact, field);
            if (upstream.Find(field, artifact) is { } told && Combine(artifact, field, told) is var value && !AreEqual(old, value))
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

    private static object Combine(Artifact artifact, RefreshField field, object told) =>
        field == RefreshField.Tags ? CombineTags(artifact, (IReadOnlyList<string>)told) : told;

    /// <summary>
    /// Upstream's tags replace those that came from upstream before; all others are the user's own and stay, in their places.
    /// Where it was never recorded which came from upstream, none is taken away.
    /// </summary>
    private static TextValues CombineTags(Artifact artifact, IReadOnlyList<string> told)
    {
        var withdrawn = (artifact.ImportedTags ?? []).Except(told, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        return TextValues.Of(artifact.Tags.Where(t => !withdrawn.Contains(t)).Concat(told).Distinct(StringComparer.Ordinal));
    }

    private static bool AreEqual(object? old, object value) =>
        value is IReadOnlyList<string> tags ? old is IReadOnlyList<string> before && before.SequenceEqual(tags, StringComparer.Ordinal) : value.Equals(old);
}
