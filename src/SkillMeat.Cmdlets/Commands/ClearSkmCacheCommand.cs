using System.Management.Automation;
using SkillMeat.Cache;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Deletes the cache of a home. Nothing is lost, because the next question makes a new one.</summary>
[Cmdlet(VerbsCommon.Clear, "SkmCache", SupportsShouldProcess = true)]
[OutputType(typeof(CacheStatus))]
public sealed class ClearSkmCacheCommand : SkmCommand
{
    /// <summary>Whether to return the status afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        using var cache = OpenCache(store, pipeline);
        if (!await MayAsync(pipeline, $"cache of the home {store.Home}", "Clear")) return;
        var maintenance = new CacheMaintenance(cache);
        maintenance.Clear();
        if (PassThru) pipeline.Write(maintenance.GetStatus(cancellationToken));
    });
}
