using System.Management.Automation;
using System.Security;
using SkillMeat.Cache.Background;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Starts to refresh the cache of a home in the background of the session.</summary>
[Cmdlet(VerbsLifecycle.Start, "SkmBackgroundRefresh", SupportsShouldProcess = true)]
[OutputType(typeof(BackgroundRefreshStatus))]
public sealed class StartSkmBackgroundRefreshCommand : BackgroundRefreshCommand
{
    /// <summary>The time between two runs, in seconds.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(RefreshInterval.LeastSeconds, RefreshInterval.MostSeconds)]
    public double? IntervalSec { get; set; }

    /// <summary>The token for GitHub.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>The time to wait for a rate limit to be reset, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double MaxWaitSec { get; set; } = WaitSeconds.ForRateLimit;

    /// <summary>The time to wait for a host that does not answer, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.LeastForAnswer, WaitSeconds.Most)]
    public double TimeoutSec { get; set; } = WaitSeconds.ForAnswer;

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, _) =>
    {
        var options = new BackgroundRefreshOptions
        {
            Interval = IntervalSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            // The service outlives this pipeline, and nothing may write to the console but a pipeline.
            Upstream = UpstreamConnection.Options(pipeline, Token, MaxWaitSec, TimeoutSec) with { Report = _ => { } },
        };
        if (!await MayAsync(pipeline, $"home '{store.Home}'", "Start the background refresh")) return;
        var refreshes = await pipeline.AskAsync(() => SessionRefreshes.Of(ModuleVariables));
        var (refresh, isNew) = refreshes.Start(store.Home, () => BackgroundRefresh.Start(store, options));
        if (!isNew)
        {
            pipeline.Verbose($"The background refresh of '{store.Home}' runs in this session already.");
            if (options.Interval is { } asked && asked != refresh.Status.Interval) pipeline.Warn($"The background refresh of '{store.Home}' runs in this session already, with another interval. Stop it first to change that.");
        }

        pipeline.Write(refresh.Status);
    });
}
