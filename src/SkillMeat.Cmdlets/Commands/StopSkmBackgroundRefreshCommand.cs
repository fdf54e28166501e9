using System.Management.Automation;
using SkillMeat.Cache.Background;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Stops the background refresh of a home that runs in the session.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SkmBackgroundRefresh", SupportsShouldProcess = true)]
[OutputType(typeof(BackgroundRefreshStatus))]
public sealed class StopSkmBackgroundRefreshCommand : BackgroundRefreshCommand
{
    /// <summary>Whether to return the last status.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsHome => false;

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, _) =>
    {
        var refreshes = await pipeline.AskAsync(() => SessionRefreshes.Find(ModuleVariables));
        if (refreshes?.Find(store.Home) is null)
        {
            pipeline.Verbose($"No background refresh of '{store.Home}' runs in this session.");
            return;
        }

        if (await MayAsync(pipeline, $"home '{store.Home}'", "Stop the background refresh") && await refreshes.StopAsync(store.Home) is { } status && PassThru) pipeline.Write(status);
    });
}
