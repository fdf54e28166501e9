using System.Management.Automation;
using SkillMeat.Cache;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Shows where the cache of a home is, how large and how old it is, and how often it had an answer.</summary>
[Cmdlet(VerbsCommon.Get, "SkmCache")]
[OutputType(typeof(CacheStatus))]
public sealed class GetSkmCacheCommand : SkmCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing() => Run((store, pipeline, cancellationToken) =>
    {
        using var cache = OpenCache(store, pipeline);
        pipeline.Write(new CacheMaintenance(cache).GetStatus(cancellationToken));
        return Task.CompletedTask;
    });
}
