using SkillMeat.Browsing;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the artifacts of a repository or folder.</summary>
internal static class BrowseOutput
{
    public static void Write(CommandRun run, IReadOnlyList<UpstreamArtifact> found)
    {
        if (run.IsJson)
        {
            run.WriteJson(found.Select(UpstreamArtifactJson.Of));
            return;
        }

        run.Tables().Write(
            ["Artifact", "State", new("Path", 1), "Description"],
            found.Select(one => new[] { one.ArtifactId, EnumName.Of(one.State), one.Path, ShortTexts.Value(one.Description ?? "") }));
        var missing = found.Count(one => one.State == UpstreamArtifactState.New);
        run.Say(found.Count == 0 ? "No artifact was found." : found[0].Collection is { } collection ? $"{found.Count} found, {missing} of them not in collection '{collection}'." : $"{found.Count} found.");
    }
}
