using System.Management.Automation;
using System.Security;
using SkillMeat.Cache;
using SkillMeat.Cache.Stale;
using SkillMeat.Cache.Updates;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists artifacts that are out of date.</summary>
[Cmdlet(VerbsCommon.Get, "SkmStaleArtifact")]
[OutputType(typeof(StaleArtifact))]
public sealed class GetSkmStaleArtifactCommand : SkmCommand
{
    /// <summary>The projects: names of registered projects, with wildcards, or paths of folders.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[] Project { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The group to whose members the artifacts are restricted, one of <c>-Collection</c> or of the active collection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The collection whose artifacts are meant.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>The order.</summary>
    [Parameter]
    public StaleOrder SortBy { get; set; }

    /// <summary>Whether to check upstream first.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

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
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, []);
        if (await KnownProjects.ReadAsync(store, pipeline, Project, path => ResolvePath(path, "a project is a folder")) is not { } projects) return;
        var query = new StaleQuery { Projects = projects, Types = [.. filter.Types.Select(type => type.Name)], Collection = Collection, Group = Group, Order = SortBy };
        using var cache = OpenCache(store, pipeline);
        if (Refresh) await CheckAsync(cache, store, query, pipeline, cancellationToken);
        var report = new StaleArtifacts(cache).Find(query, cancellationToken);
        foreach (var artifact in report.Artifacts) pipeline.Write(artifact);
        foreach (var (project, error) in report.Problems) pipeline.Error(ErrorRecords.Of(error, project));
    });

    private async Task CheckAsync(HomeCache cache, CollectionStore store, StaleQuery query, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var session = HomeCache.Connect(store, UpstreamConnection.Options(pipeline, Token, MaxWaitSec, TimeoutSec));
        using var progress = ShowProgress(pipeline, "Checking upstream");
        // The known state stays, so an upstream that does not answer is no error of the list.
        foreach (var problem in await new UpstreamCheck(cache, session).RunAsync(query.Types, progress.Update, cancellationToken)) pipeline.Error(ErrorRecords.Of(new SkillMeatException(problem.ErrorId, problem.Message), target: null));
    }
}
