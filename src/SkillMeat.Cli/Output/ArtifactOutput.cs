using SkillMeat.Collections;

namespace SkillMeat.Cli.Output;

/// <summary>Writes artifacts.</summary>
internal static class ArtifactOutput
{
    public static void WriteTable(CommandRun run, IEnumerable<Artifact> artifacts) => run.Tables().Write(
        ["Artifact", new("Follows", 1), new("Commit", 2), new("Tags", 3), "Description"],
        artifacts.Select(a => new[]
        {
            a.ArtifactId,
            a.Upstream is null ? "" : a.Ref ?? "latest",
            ShortTexts.Sha(a.ResolvedSha),
            string.Join(", ", a.Tags),
            ShortTexts.Value(a.Description ?? ""),
        }));

    public static void WriteDetails(CommandRun run, Artifact artifact) => run.Tables().WriteDetails(Properties(artifact).Where(property => property.Value.Length > 0));

    private static IEnumerable<(string Name, string Value)> Properties(Artifact artifact) =>
    [
        ("Artifact", artifact.ArtifactId),
        ("Collection", artifact.Collection),
        ("Path", artifact.Path),
        ("Origin", artifact.OriginSource is null ? artifact.Origin : $"{artifact.Origin} ({artifact.OriginSource})"),
        ("Upstream", artifact.Upstream ?? ""),
        ("Follows", artifact.Ref ?? ""),
        ("Commit", artifact.ResolvedSha ?? ""),
        ("Tag", artifact.ResolvedVersion ?? ""),
        ("Added (UTC)", ShortTexts.Time(artifact.Added)),
        ("Last updated (UTC)", ShortTexts.Time(artifact.LastUpdated)),
        ("Title", artifact.Title ?? ""),
        ("Description", artifact.Description ?? ""),
        ("Author", artifact.Author ?? ""),
        ("License", artifact.License ?? ""),
        ("Version", artifact.Version ?? ""),
        ("Category", artifact.Category ?? ""),
        ("Deprecated", artifact.Deprecated is null ? "" : ShortTexts.Value(artifact.Deprecated)),
        ("Tags", artifact.Tags.ToString()),
        ("Tags imported (UTC)", ShortTexts.Time(artifact.TagsImportedAt)),
        ("Content hash", artifact.ContentHash ?? ""),
        ("Fetched (UTC)", ShortTexts.Time(artifact.Fetched)),
        ("Discovered (UTC)", ShortTexts.Time(artifact.DiscoveredAt)),
        ("Tools", artifact.Tools.ToString()),
        ("Dependencies", artifact.Dependencies.ToString()),
        ("Platforms", artifact.TargetPlatforms.ToString()),
        ("UUID", artifact.Uuid ?? ""),
        ("Import id", artifact.ImportId ?? ""),
        ("Linked artifacts", artifact.LinkedArtifacts.ToString()),
        ("Unlinked references", artifact.UnlinkedReferences.ToString()),
        ("Extra", artifact.Extra.ToString()),
        ("Other values", artifact.OtherValues.ToString()),
    ];
}
