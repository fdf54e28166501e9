using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Writes an edit into the table of an artifact in a manifest.</summary>
/// <remarks>Python SkillMeat drops unknown metadata keys, but keeps everything in <c>extra</c>. So values for which it has no key go there.</remarks>
internal static class ArtifactTableEdit
{
    /// <summary>Writes values, and removes those that are null.</summary>
    public static void Apply(TomlTable table, ArtifactEdit edit, DateTimeOffset now)
    {
        if (edit.Tags is { } tags)
        {
            table.Set("tags", TomlValue.Of(tags));
            // Reading merges both places, so a removed tag would come back from the metadata.
            (table.Find(ArtifactTable.MetadataKey)?.AsTable())?.Remove("tags");
        }

        foreach (var (place, key, value) in edit.Values.OrderBy(value => value.Place))
        {
            if (value is not null) TableAt(table, place).Set(key, value);
            else FindTableAt(table, place)?.Remove(key);
        }

        if (edit is not { ImportedTags: null, FieldsOfRepository: null }) Record(TableAt(table, ArtifactPlace.Extra), edit, now);
    }

    private static TomlTable TableAt(TomlTable artifact, ArtifactPlace place) => place switch
    {
        ArtifactPlace.Entry => artifact,
        ArtifactPlace.Metadata => artifact.GetOrAddTable(ArtifactTable.MetadataKey),
        ArtifactPlace.Extra => artifact.GetOrAddTable(ArtifactTable.MetadataKey).GetOrAddTable(ArtifactTable.ExtraKey),
        ArtifactPlace.ExtraMetadata => artifact.GetOrAddTable(ArtifactTable.MetadataKey).GetOrAddTable(ArtifactTable.ExtraKey).GetOrAddTable(ArtifactTable.MetadataKey),
        _ => artifact.GetOrAddTable(ArtifactTable.MetadataKey).GetOrAddTable(ArtifactTable.ExtraKey).GetOrAddTable(ArtifactTable.FrontMatterKey),
    };

    private static TomlTable? FindTableAt(TomlTable artifact, ArtifactPlace place) => place switch
    {
        ArtifactPlace.Entry => artifact,
        ArtifactPlace.Metadata => FindTable(artifact, ArtifactTable.MetadataKey),
        ArtifactPlace.Extra => FindTable(FindTable(artifact, ArtifactTable.MetadataKey), ArtifactTable.ExtraKey),
        ArtifactPlace.ExtraMetadata => FindTable(FindTable(FindTable(artifact, ArtifactTable.MetadataKey), ArtifactTable.ExtraKey), ArtifactTable.MetadataKey),
        _ => FindTable(FindTable(FindTable(artifact, ArtifactTable.MetadataKey), ArtifactTable.ExtraKey), ArtifactTable.FrontMatterKey),
    };

    private static TomlTable? FindTable(TomlTable? parent, string key) => parent?.Find(key) is { Kind: TomlValueKind.Table } table ? table.AsTable() : null;

    /// <summary>Records what came from upstream.</summary>
    private static void Record(TomlTable extra, ArtifactEdit edit, DateTimeOffset now)
    {
        if (edit.FieldsOfRepository is { Count: > 0 } fields)
        {
            extra.Set(ArtifactTable.FieldsOfRepositoryKey, TomlValue.Of(fields));
        }
        else if (edit.FieldsOfRepository is not null)
        {
            extra.Remove(ArtifactTable.FieldsOfRepositoryKey);
        }

        if (edit.ImportedTags is { } imported)
        {
            extra.Set("tags_imported_at", TomlValue.Of(IsoTime.Write(now)));
            extra.Set("tags_imported", TomlValue.Of(imported));
        }
    }
}
