using System.CommandLine;
using SkillMeat.Cache;
using SkillMeat.Cli.Output;

namespace SkillMeat.Cli.Commands;

/// <summary><c>skm cache</c>.</summary>
internal static class CacheCommands
{
    public static Command Create(CommandFactory commands) => new("cache", "The cache of the home: status, rebuild, clear.")
    {
        commands.Create("status", "Shows where the cache is, how large it is, and how often it had an answer.", [], (run, _, cancellationToken) =>
        {
            using var cache = run.OpenCache(run.OpenHomeToRead());
            CacheOutput.Write(run, new CacheMaintenance(cache).GetStatus(cancellationToken));
            return Task.FromResult(ExitCode.Success);
        }),
        commands.Create("rebuild", "Deletes the cache, and reads everything again. Nothing is lost: whatever it holds comes from the home, the projects and upstream.", [], (run, _, cancellationToken) =>
        {
            using var cache = run.OpenCache(run.OpenHomeToRead());
            CacheStatus status;
            using (run.ShowProgress("Reading the home…")) status = new CacheMaintenance(cache).Update(rebuild: true, cancellationToken);
            CacheOutput.Write(run, status);
            return Task.FromResult(ExitCode.Success);
        }),
        commands.Create("clear", "Deletes the cache. The next question makes a new one.", [], (run, _, cancellationToken) =>
        {
            using var cache = run.OpenCache(run.OpenHomeToRead());
            var maintenance = new CacheMaintenance(cache);
            maintenance.Clear();
            CacheOutput.Write(run, maintenance.GetStatus(cancellationToken));
            return Task.FromResult(ExitCode.Success);
        }),
    };
}
