using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>
/// Merges the metadata of an artifact with that of a new version of its files: a value that is as it was fetched becomes the new one, and a value that the user changed stays.
/// </summary>
/// <param name="artifact">The artifact's table in the manifest.</param>
/// <param name="before">The artifact as it was fetched; null if that is not known. Upstream's values then fill the gaps and replace those that a refresh replaces too, and none is removed.</param>
/// <param name="after">The artifact as it would be added now.</param>
internal sealed class MetadataMerge(TomlTable artifact, NewArtifact? before, NewArtifact after)
{
    /// <summary>Records of the last front matter, not values of the user.</summary>
    private static readonly IReadOnlyList<string> _records = [ArtifactTable.FrontMatterKey, "frontmatter_tools", ArtifactTable.LinkedPathsKey];

    /// <summary>The fields that a refresh sets to those upstream, whoever wrote them.</summary>
    private static readonly IReadOnlyList<string> _refreshed = ["description", "license", "author", "category", "deprecated"];

    /// <summary>Changes the table.</summary>
    /// <returns>Whether anything changed.</returns>
    public bool Apply()
    {
        var old = before is null ? null : ArtifactTable.MetadataOf(before);
        var @new = ArtifactTable.MetadataOf(after);
        var isChanged = MergeKeys([ArtifactTable.MetadataKey], Without(old, [ArtifactTable.ExtraKey]), Without(@new, [ArtifactTable.ExtraKey])!);
        isChanged |= MergeKeys([ArtifactTable.MetadataKey, ArtifactTable.ExtraKey], Without(before?.Extra, _records), Without(after.Extra, _records)!);
        foreach (var key in _records.Where(IsNew))
        {
            isChanged |= Write([ArtifactTable.MetadataKey, ArtifactTable.ExtraKey], key, after.Extra.GetValueOrDefault(key));
        }

        return isChanged;
    }

    // Without the files as fetched, the record of front matter that can be read only in part would replace that of the whole.
    private bool IsNew(string key) => before is null
        ? !after.IsIncomplete || key == ArtifactTable.LinkedPathsKey
        : !AreSame(before.Extra.GetValueOrDefault(key), after.Extra.GetValueOrDefault(key));

    private bool MergeKeys(string[] path, IReadOnlyDictionary<string, TomlValue>? old, IReadOnlyDictionary<string, TomlValue> @new)
    {
        var isChanged = false;
        foreach (var key in (old?.Keys ?? []).Union(@new.Keys, StringComparer.Ordinal))
        {
            var (current, fetched, told) = (Find(path)?.Find(key), old?.GetValueOrDefault(key), @new.GetValueOrDefault(key));
            if (Choose(key, current, fetched, told, old is not null) is var chosen && Write(path, key, chosen)) isChanged = true;
            if (told is not null && ReferenceEquals(chosen, told)) isChanged |= ForgetRepository(key);
        }

        return isChanged;
    }

    private TomlValue? Choose(string key, TomlValue? current, TomlValue? fetched, TomlValue? told, bool isFetchedKnown)
    {
        if (current is not null && FieldsOf(ArtifactTable.FieldsOfUserKey).Contains(key)) return current;
        if (!isFetchedKnown) return current is null || _refreshed.Contains(key, StringComparer.Ordinal) ? told ?? current : current;
        if (AreSame(current, fetched)) return told;
        if (AreSame(fetched, told)) return current;
        return current is null || FieldsOf(ArtifactTable.FieldsOfRepositoryKey).Contains(key) ? told ?? current : current;
    }

    private List<string> FieldsOf(string record) => Find([ArtifactTable.MetadataKey, ArtifactTable.ExtraKey])?.Find(record) is { Kind: TomlValueKind.Array } fields
        ? [.. fields.AsArray().Where(field => field.Kind == TomlValueKind.String).Select(field => field.AsString())]
        : [];

    private bool ForgetRepository(string key)
    {
        var fields = FieldsOf(ArtifactTable.FieldsOfRepositoryKey);
        return fields.Remove(key) && Write([ArtifactTable.MetadataKey, ArtifactTable.ExtraKey], ArtifactTable.FieldsOfRepositoryKey, fields.Count == 0 ? null : TomlValue.Of(fields));
    }

    private bool Write(string[] path, string key, TomlValue? value)
    {
        var current = Find(path)?.Find(key);
        if (AreSame(current, value)) return false;
        if (value is null) return Find(path)!.Remove(key);
        var isNew = Find(path) is null;
        var table = path.Aggregate(artifact, (parent, name) => parent.GetOrAddTable(name));
        if (value.Kind == TomlValueKind.Table && current is { Kind: TomlValueKind.Table }) TableCopy.Copy(value.AsTable(), current.AsTable());
        else table.Set(key, value);
        if (isNew) TableCopy.OmitHeaders(Find(path[..1])!);
        return true;
    }

    private TomlTable? Find(IReadOnlyList<string> path) =>
        path.Aggregate((TomlTable?)artifact, (parent, name) => parent?.Find(name) is { Kind: TomlValueKind.Table } table ? table.AsTable() : null);

    private static bool AreSame(TomlValue? one, TomlValue? other) => one is null ? other is null : other is not null && TomlData.AreSame(one, other);

    private static Dictionary<string, TomlValue>? Without(IReadOnlyDictionary<string, TomlValue>? values, IReadOnlyList<string> keys) =>
        values?.Where(pair => !keys.Contains(pair.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);
}
