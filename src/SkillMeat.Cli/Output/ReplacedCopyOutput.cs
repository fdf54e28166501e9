using System.Globalization;
using SkillMeat.Projects.Restoring;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes what was replaced in projects, and what was written back.</summary>
internal static class ReplacedCopyOutput
{
    public static void Write(CommandRun run, IReadOnlyList<ReplacedCopy> copies)
    {
        foreach (var warning in copies.SelectMany(one => one.Warnings)) run.Warn(warning);
        if (run.IsJson)
        {
            run.WriteJson(copies.Select(ReplacedCopyJson.Of));
            return;
        }

        if (copies.Count > 0)
        {
            run.Tables().Write(
                ["Artifact", "Status", "Replaced", new("Path", 2), new("Reason", 1)],
                copies.Select(one => new[] { one.ArtifactId, EnumName.InWords(one.Status), one.ReplacedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), one.Path, one.Reason ?? "" }));
        }

        var counts = copies.GroupBy(one => one.Status).OrderBy(group => group.Key).Select(group => $"{group.Count()} {EnumName.InWords(group.Key)}");
        run.Say(copies.Count == 0 ? "Nothing that was replaced is kept." : $"{string.Join(", ", counts)}{(copies.Any(one => one.DryRun) ? "; nothing was changed" : "")}.");
    }
}
