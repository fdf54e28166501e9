using SkillMeat.Collections;

namespace SkillMeat.Cli.Output;

/// <summary>Writes artifacts.</summary>
internal static class ArtifactOutput
{
    public static void WriteTable(CommandRun run, IEnumerable<Artifact> artifacts) => run.Tables().Write(
        ["Artifact", "Follows", "Commit", "Tags", "Description"],
        artifacts.Select(a => new[]
        {
            a.ArtifactId,
            a.Upstream is null ? "" : a.Ref ?? "latest",
            ShortTexts.Sha(a.ResolvedSha),
            string.Join(", ", a.Tags),
            ShortTexts.Value(a.Description ?? ""),
        }));

    public static void WriteDetails(CommandRun run, Artifact artifact) => run.Tables().Write(
        ["Property", "Value"],
        [
            ["Artifact", artifact.ArtifactId],
            ["Collection", artifact.Collection],
            ["Path", artifact.Path],
            ["Origin", artifact.OriginSource is null ? artifact.Origin : $"{artifact.Origin} ({artifact.OriginSource})"],
            ["Upstream", artifact.Upstream ?? ""],
            ["Follows", artifact.Ref ?? ""],
            ["Commit", artifact.ResolvedSha ?? ""],
            ["Tag", artifact.ResolvedVersion ?? ""],
            ["Added (UTC)", ShortTexts.Time(artifact.Added)],
            ["Last updated (UTC)", ShortTexts.Time(artifact.LastUpdated)],
            ["Title", artifact.Title ?? ""],
            ["Description", artifact.Description ?? ""],
            ["Author", artifact.Author ?? ""],
            ["License", artifact.License ?? ""],
            ["Version", artifact.Version ?? ""],
            ["Category", artifact.Category ?? ""],
            ["Deprecated", artifact.Deprecated is null ? "" : ShortTexts.Value(artifact.Deprecated)],
            ["Tags", string.Join(", ", artifact.Tags)],
            ["Tags imported (UTC)", ShortTexts.Time(artifact.TagsImportedAt)],
            ["Content hash", artifact.ContentHash ?? ""],
        ]);
}
