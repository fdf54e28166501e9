using System.Management.Automation;
using SkillMeat.Cache;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Brings the cache of a home up to date, or reads everything again.</summary>
[Cmdlet(VerbsData.Update, "SkmCache", SupportsShouldProcess = true)]
[OutputType(typeof(CacheStatus))]
public sealed class UpdateSkmCacheCommand : SkmCommand
{
    /// <summary>Whether to delete the cache first.</summary>
    [Parameter]
    public SwitchParameter Rebuild { get; set; }

    /// <summary>Whether to return the status afterwards.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        using var cache = OpenCache(store, pipeline);
        if (!await MayAsync(pipeline, $"cache of the home {store.Home}", Rebuild ? "Rebuild" : "Update")) return;
        using var progress = ShowProgress(pipeline, "Reading the home");
        var status = new CacheMaintenance(cache).Update(Rebuild, cancellationToken);
        if (PassThru) pipeline.Write(status);
    });
}
