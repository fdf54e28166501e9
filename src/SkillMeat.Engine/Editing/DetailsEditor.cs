using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Editing;

/// <summary>Edits the details of artifacts in a manifest in memory. For artifacts with an upstream, it records what the user decided, so that no refresh or update undoes it.</summary>
/// <param name="manifest">The manifest.</param>
/// <param name="lockFile">The lock file.</param>
/// <param name="collection">The collection as the manifest was read.</param>
/// <param name="now">The time of the edit.</param>
internal sealed class DetailsEditor(Manifest manifest, LockFile lockFile, Collection collection, DateTimeOffset now)
{
    /// <summary>Makes an edit.</summary>
    /// <exception cref="SkillMeatException">The artifact does not exist, or a value is not valid.</exception>
    public void Apply(DetailsEdit edit)
    {
        var id = collection.Find(edit.Artifact).Id;
        // An earlier edit can have changed it.
        var artifact = manifest.ReadArtifacts(collection.Name, [id], lockFile)[0];
        Check(edit, artifact);
        var values = new List<(ArtifactPlace Place, string Key, TomlValue? Value)>();
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in DetailField.All)
        {
            if (!edit.Values.TryGetValue(field.Name, out var text) || Wanted(text) == field.Current(artifact)) continue;
            values.Add((field.Place, field.Name, ToValue(Wanted(text))));
            // Reading falls back on the copy of the front matter.
            if (field.Name == DetailField.CategoryKey && Wanted(text) is null) values.Add((ArtifactPlace.ExtraMetadata, field.Name, null));
            changed.Add(field.Name);
        }

        var wanted = TagsOf(edit, artifact);
        var tags = wanted.SequenceEqual(artifact.Tags, StringComparer.Ordinal) ? null : wanted;
        if (tags is null && values.Count == 0) return;
        if (artifact.Upstream is not null) values.AddRange(Record(edit, artifact, changed, tags));
        manifest.Apply(id, new ArtifactEdit { Tags = tags, Values = values, FieldsOfRepository = Without(artifact.FieldsOfRepository, changed) }, now);
    }

    private static void Check(DetailsEdit edit, Artifact artifact)
    {
        foreach (var (key, value) in edit.Values)
        {
            if (!DetailsEdit.Fields.Contains(key, StringComparer.Ordinal))
                throw new SkillMeatException(ErrorIds.InvalidArgument, $"An artifact has no '{key}' that can be edited; it has: tags, {string.Join(", ", DetailsEdit.Fields)}.");
            EditableText.Check(value, key, "an artifact");
        }

        // A tag that it has already may be odd.
        foreach (var tag in (edit.Tags ?? []).Concat(edit.AddedTags).Except(artifact.Tags, StringComparer.Ordinal))
        {
            if (EditableText.DescribeNameProblem(tag) is { } problem) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{VisibleText.Line(tag)}' cannot be a tag: it {problem}.");
        }

        if (edit.AddedTags.Intersect(edit.RemovedTags, StringComparer.Ordinal).FirstOrDefault() is { } both)
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"The tag '{VisibleText.Line(both)}' cannot be both added and removed.");
    }

    private static string? Wanted(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static TomlValue? ToValue(string? text) => text is null ? null : TomlValue.Of(text);

    private static TomlValue? ToValue(List<string> texts) => texts.Count == 0 ? null : TomlValue.Of(texts);

    private static List<string> TagsOf(DetailsEdit edit, Artifact artifact) =>
        [.. (edit.Tags ?? artifact.Tags).Except(edit.RemovedTags, StringComparer.Ordinal).Concat(edit.AddedTags).Distinct(StringComparer.Ordinal)];

    /// <summary>Records the fields that are the user's now, and the tags that the user does not want. A field that was removed is upstream's again.</summary>
    private static IEnumerable<(ArtifactPlace Place, string Key, TomlValue? Value)> Record(DetailsEdit edit, Artifact artifact, HashSet<string> changed, List<string>? tags)
    {
        var fields = DetailField.All.Select(field => field.Name)
            .Where(name => changed.Contains(name) ? Wanted(edit.Values[name]) is not null : artifact.FieldsOfUser.Contains(name)).ToList();
        if (!fields.SequenceEqual(artifact.FieldsOfUser, StringComparer.Ordinal)) yield return (ArtifactPlace.Extra, ArtifactTable.FieldsOfUserKey, ToValue(fields));
        if (tags is null) yield break;
        var removed = artifact.RemovedTags.Concat(artifact.Tags).Distinct(StringComparer.Ordinal).Except(tags, StringComparer.Ordinal).ToList();
        if (!removed.SequenceEqual(artifact.RemovedTags, StringComparer.Ordinal)) yield return (ArtifactPlace.Extra, ArtifactTable.RemovedTagsKey, ToValue(removed));
    }

    private static List<string>? Without(TextValues fields, HashSet<string> changed) => fields.Any(changed.Contains) ? [.. fields.Where(name => !changed.Contains(name))] : null;
}
