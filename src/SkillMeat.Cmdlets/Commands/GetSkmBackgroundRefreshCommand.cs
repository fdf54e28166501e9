using System.Management.Automation;
using SkillMeat.Cache;
using SkillMeat.Cache.Background;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Returns the status of the background refresh of a home, in this session or another process.</summary>
[Cmdlet(VerbsCommon.Get, "SkmBackgroundRefresh")]
[OutputType(typeof(BackgroundRefreshStatus))]
public sealed class GetSkmBackgroundRefreshCommand : BackgroundRefreshCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, _) =>
    {
        var refreshes = await pipeline.AskAsync(() => SessionRefreshes.Find(ModuleVariables));
        if (refreshes?.Find(store.Home) is { } running)
        {
            pipeline.Write(running.Status);
            return;
        }

        using var cache = HomeCache.Open(store, new HomeCacheOptions { Report = pipeline.Warn });
        pipeline.Write(BackgroundRefresh.ReadStatus(cache));
    });
}
