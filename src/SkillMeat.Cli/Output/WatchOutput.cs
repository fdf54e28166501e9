using SkillMeat.Cache.Background;
using SkillMeat.Server.Background;
using SkillMeat.Server.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Writes the runs of the background refresh, one line each.</summary>
internal static class WatchOutput
{
    public static void Write(CommandRun run, BackgroundRefreshRun refresh)
    {
        if (run.IsJson) run.WriteJsonLine(WatchRunJson.Of(refresh));
        else run.Say(RunText.Of(refresh));
        foreach (var problem in refresh.Problems) run.Warn(problem);
    }
}
