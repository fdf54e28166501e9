using System.Globalization;
using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Versions;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes stale artifacts.</summary>
internal static class StaleOutput
{
    public static void Write(CommandRun run, StaleReport report)
    {
        foreach (var problem in report.Problems.Values) run.Error(problem);
        if (run.IsJson)
        {
            run.WriteJson(report.Artifacts.Select(StaleJson.Of));
            return;
        }

        if (report.Artifacts.Count > 0)
        {
            run.Tables().Write(
                ["Artifact", "Difference", "Deployed", "Collection", "Upstream", new("Checked (UTC)", 2), new("Profile", 3), new("Project", 1)],
                report.Artifacts.Select(one => (string[])
                [
                    one.ArtifactId, Describe(one), one.DeployedVersion ?? "", one.CollectionVersion ?? "", one.UpstreamVersion ?? "", ShortTexts.Time(one.CheckedAt), one.Profile ?? "", one.Project ?? "(not deployed)",
                ]));
        }

        run.Say(report.Artifacts.Count == 0 ? "Nothing is stale." : $"{report.Artifacts.Count.ToString(CultureInfo.InvariantCulture)} stale.");
        var failed = report.Artifacts.Where(one => one.Problem is not null).ToList();
        if (failed.Count > 0) run.Say($"Upstream did not answer the last check of {failed.Count}: {failed[0].Problem}");
        if (report.Artifacts.Any(one => one.CheckedAt is null)) run.Say("Some were never compared with upstream: '--refresh' does.");
    }

    private static string Describe(StaleArtifact one) => one is { Difference: VersionDifference.Commits, CommitsBehind: { } commits }
        ? $"{commits.ToString(CultureInfo.InvariantCulture)} commit{(commits == 1 ? "" : "s")}"
        : EnumName.InWords(one.Difference);
}
