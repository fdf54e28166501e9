using SkillMeat.Projects.Drift;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the drift of projects.</summary>
internal static class DriftOutput
{
    public static void Write(CommandRun run, DriftReport report, bool showsMetadata)
    {
        foreach (var problem in report.Problems.Values) run.Error(problem);
        if (run.IsJson)
        {
            run.WriteJson(report.Artifacts.Select(DriftJson.Of));
            return;
        }

        if (report.Artifacts.Count > 0)
        {
            Column[] metadata = showsMetadata ? [new("Tags imported (UTC)")] : [];
            run.Tables().Write(
                ["Artifact", "State", new("Changed", 1), new("Profile", 3), new("Project", 4), new("Next step", 2), .. metadata],
                report.Artifacts.Select(one => (string[])
                [
                    one.ArtifactId, EnumName.InWords(one.State), string.Join(", ", one.ChangedFiles), one.Profile, one.Project, one.Recommendation.Replace('_', ' '),
                    .. showsMetadata ? [ShortTexts.Time(one.TagsImportedAt)] : Array.Empty<string>(),
                ]));
        }

        var differing = report.Artifacts.Where(one => one.State != DriftState.InSync).GroupBy(one => one.State).OrderBy(group => group.Key).Select(group => $"{group.Count()} {EnumName.InWords(group.Key)}").ToList();
        run.Say(differing.Count == 0 ? "No drift." : string.Join(", ", differing) + ".");
    }
}
