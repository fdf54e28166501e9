using SkillMeat.Projects.Profiles;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the profiles of coding agents.</summary>
internal static class ProfileOutput
{
    public static void Write(CommandRun run, IReadOnlyList<DetectedProfile> profiles)
    {
        if (run.IsJson)
        {
            run.WriteJson(profiles.Select(ProfileJson.Of));
            return;
        }

        run.Tables().Write(
            ["Profile", "Found", "Types", new("In a project", 1), new("Of the user", 2)],
            profiles.Select(one => new[] { one.Profile, FoundIn(one), string.Join(", ", one.Types), one.ProjectFolder, one.UserFolder }));
    }

    private static string FoundIn(DetectedProfile one) => string.Join(", ", new[] { one.IsOnMachine ? "machine" : null, one.IsInProject == true ? "project" : null }.OfType<string>());
}
