using SkillMeat.Errors;
using SkillMeat.Toml;

namespace SkillMeat.Collections;

/// <summary>Reads an artifact of a manifest from its table.</summary>
internal static class ArtifactReader
{
    /// <summary>Returns the path of an artifact with <c>/</c> as the separator, or null if it has no valid one.</summary>
    public static string? FindValidPath(TableReader table) =>
        table.Table.FindText("path") is { Length: > 0 } text && DescribeBadPath(text) is null ? text.Replace('\\', '/') : null;

    /// <summary>Reads an artifact from its table.</summary>
    /// <exception cref="DataFileException">A required key is missing, a value has the wrong type, or the path leaves the collection.</exception>
    public static Artifact Read(string collection, ArtifactId id, TableReader table, LockEntry? pinned, LazyDetails details)
    {
        var metadata = table.OptionalTable(ArtifactTable.MetadataKey);
        var extra = metadata?.OptionalTable(ArtifactTable.ExtraKey);
        return new Artifact(id)
        {
            Collection = collection,
            Path = ReadPath(table),
            Origin = table.RequiredText("origin"),
            Added = IsoTime.Read(table.RequiredText("added")),
            Upstream = WithoutCredentials(NullIfEmpty(table.OptionalText("upstream"))),
            Ref = NullIfEmpty(table.OptionalText("version_spec")),
            ResolvedSha = pinned?.ResolvedSha ?? table.OptionalText("resolved_sha"),
            ResolvedVersion = pinned?.ResolvedSha is null ? table.OptionalText("resolved_version") : pinned.ResolvedVersion,
            LastUpdated = IsoTime.Read(table.OptionalText("last_updated")),
            Tags = MergeTags(table.OptionalTexts("tags"), metadata?.OptionalTexts("tags")),
            TagsImportedAt = IsoTime.Read(LenientText(extra, "tags_imported_at") ?? LenientText(metadata, "tags_imported_at")),
            ImportedTags = ReadImportedTags(extra),
            FieldsOfRepository = ReadTexts(extra?.Table.Find(ArtifactTable.FieldsOfRepositoryKey)) ?? [],
            FieldsOfUser = ReadTexts(extra?.Table.Find(ArtifactTable.FieldsOfUserKey)) ?? [],
            RemovedTags = ReadTexts(extra?.Table.Find(ArtifactTable.RemovedTagsKey)) ?? [],
            LinkedPaths = ReadTexts(extra?.Table.Find(ArtifactTable.LinkedPathsKey)) ?? [],
            LinkBoundary = LenientText(extra, ArtifactTable.LinkBoundaryKey) is { } boundary && System.IO.Path.IsPathFullyQualified(boundary) ? boundary : null,
            OriginSource = WithoutCredentials(table.OptionalText("origin_source")),
            Title = metadata?.OptionalText("title"),
            Description = metadata?.OptionalText("description"),
            Author = metadata?.OptionalText("author"),
            License = metadata?.OptionalText("license"),
            Version = metadata?.OptionalText("version"),
            Category = LenientText(extra, "category") ?? LenientText(SubTable(extra, ArtifactTable.MetadataKey), "category"),
            Deprecated = LenientFlag(extra, "deprecated"),
            ImportedDeprecated = LenientFlag(SubTable(extra, ArtifactTable.FrontMatterKey), "deprecated"),
            ContentHash = pinned?.ContentHash,
            Details = details,
        };
    }

    /// <summary>Returns the path with <c>/</c> as the separator, even if the manifest was written on Windows. The manifest itself stays as it is.</summary>
    public static string ReadPath(TableReader table)
    {
        var path = table.RequiredText("path");
        return DescribeBadPath(path) is { } problem ? throw table.Invalid(table.Table.Find("path")!.Position, $"path '{path}' {problem}") : path.Replace('\\', '/');
    }

    /// <summary>Returns the reason why a path is invalid in a manifest, or null. The answer is the same on every system, because a home may be shared between them.</summary>
    public static string? DescribeBadPath(string path)
    {
        var leaves = path is ['/' or '\\', ..] or "" || (path.Length > 1 && path[1] == ':');
        var isEmpty = true;
        for (var rest = path.AsSpan(); !leaves && !rest.IsEmpty;)
        {
            var slash = rest.IndexOfAny('/', '\\');
            var part = slash < 0 ? rest : rest[..slash];
            leaves = part is "..";
            isEmpty &= part is "" or ".";
            rest = slash < 0 ? default : rest[(slash + 1)..];
        }

        if (leaves) return "leaves the collection";
        if (isEmpty) return "is the collection itself";
        if (ArtifactPath.Contains(HomeLayout.ManifestName, path) || ArtifactPath.Contains(HomeLayout.LockFileName, path)) return "is the manifest or the lock file of the collection";
        return ControlCharacters.AreIn(path) ? "contains a control character" : null;
    }

    private static string? WithoutCredentials(string? address) => address is null ? null : AddressText.WithoutCredentials(address);

    private static TextValues MergeTags(IReadOnlyList<string>? own, IReadOnlyList<string>? inMetadata)
    {
        if (own is null && inMetadata is null) return [];
        return TextValues.Of((own ?? []).Concat(inMetadata ?? []).Distinct(StringComparer.Ordinal));
    }

    /// <summary>Reads the tags recorded by a refresh, else those that Python SkillMeat copied from the front matter when it added the artifact.</summary>
    private static TextValues? ReadImportedTags(TableReader? extra) =>
        ReadTexts(extra?.Table.Find("tags_imported") ?? SubTable(extra, ArtifactTable.FrontMatterKey)?.Table.Find("tags"));

    private static TextValues? ReadTexts(TomlValue? recorded) => recorded is { Kind: TomlValueKind.Array }
        ? TextValues.Of(recorded.TryTexts() ?? recorded.AsArray().Where(t => t.Kind == TomlValueKind.String).Select(t => t.AsString()))
        : null;

    /// <summary>Reads a string in <c>extra</c>, which may hold anything, so another type is not an error.</summary>
    private static string? LenientText(TableReader? table, string key) =>
        NullIfEmpty(table?.Table.FindText(key));

    private static bool? LenientFlag(TableReader? table, string key) =>
        table?.Table.Find(key) is { Kind: TomlValueKind.Boolean } flag ? flag.AsBoolean() : null;

    private static TableReader? SubTable(TableReader? table, string key) =>
        table?.Table.Find(key) is { Kind: TomlValueKind.Table } ? table.OptionalTable(key) : null;

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
