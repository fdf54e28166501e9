using System.Management.Automation;
using System.Security;
using SkillMeat.Cache;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that use the lists of marketplaces. Only the cache is written.</summary>
public abstract class MarketplaceCommand : SkmCommand
{
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

    /// <summary>Runs work on the marketplaces of a home.</summary>
    private protected void RunOnMarketplaces(Func<MarketplaceCatalog, PipelineQueue, CancellationToken, Task> work) => Run(async (store, pipeline, cancellationToken) =>
    {
        using var cache = OpenCache(store, pipeline);
        using var session = HomeCache.Connect(store, UpstreamConnection.Options(pipeline, Token, MaxWaitSec, TimeoutSec));
        using var progress = ShowProgress(pipeline, "Listing marketplaces");
        await work(new MarketplaceCatalog(cache, session), pipeline, cancellationToken);
    });

    /// <summary>Warns of marketplaces whose lists could not be fetched.</summary>
    private protected static async Task WarnOfProblemsAsync(MarketplaceCatalog catalog, IReadOnlyList<NamePattern> names, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        foreach (var one in await catalog.ListAsync(names, isOffline: true, cancellationToken)) Warn(one, pipeline);
    }

    /// <summary>Warns of a marketplace whose list could not be fetched.</summary>
    private protected static void Warn(Marketplace one, PipelineQueue pipeline)
    {
        if (one.Problem is not { } problem) return;
        pipeline.Warn(one.UpdatedAt is { } time ? FormattableString.Invariant($"The list of marketplace '{one.Name}' is from {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {problem}") : $"Marketplace '{one.Name}' has no list: {problem}");
    }

    /// <summary>Writes an outcome, or its error.</summary>
    private protected static void Write(MarketplaceResult result, PipelineQueue pipeline)
    {
        if (result.Status == MarketplaceStatus.Error) pipeline.Error(ErrorRecords.Of(new SkillMeatException(result.ErrorId!, $"{result.Name}: {result.Reason}"), result));
        else pipeline.Write(result);
    }
}
