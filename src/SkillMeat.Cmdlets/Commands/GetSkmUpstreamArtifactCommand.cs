using System.Management.Automation;
using System.Security;
using SkillMeat.Browsing;
using SkillMeat.Cache;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the artifacts in repositories and folders.</summary>
[Cmdlet(VerbsCommon.Get, "SkmUpstreamArtifact", DefaultParameterSetName = SpecSet)]
[OutputType(typeof(UpstreamArtifact))]
public sealed class GetSkmUpstreamArtifactCommand : SkmCommand
{
    private const string SpecSet = "Spec";
    private const string InputSet = "Input";

    private readonly List<string> _sources = [];

    /// <summary>The sources: <c>owner/repo[/path][@version]</c>, a URL, or a folder.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SpecSet)]
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [Alias("FullName")]
    [AllowNull]
    [AllowEmptyString]
    public string[]? Spec { get; set; }

    /// <summary>The names of the artifacts, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The collection to compare with. The active one by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

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

    /// <summary>The object from the pipeline: a source, a folder, or an object with a source.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override bool NeedsHome => false;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        var sources = Spec?.Where(source => !string.IsNullOrEmpty(source)).ToList() is { Count: > 0 } named ? named : piped?.Texts ?? [];
        if (sources.Count == 0) throw piped?.Unnamed("a source", "Spec, and no FullName") ?? new SkillMeatException(ErrorIds.InvalidArgument, "The source of artifacts is empty.");
        _sources.AddRange(sources);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var baseFolder = await pipeline.AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        using var session = HomeCache.Connect(store, UpstreamConnection.Options(pipeline, Token, MaxWaitSec, TimeoutSec));
        using var progress = ShowProgress(pipeline, "Listing artifacts");
        var browser = new ArtifactBrowser(store, session);
        var patterns = Wildcards.OfArtifacts(Name).ToList();
        var request = new BrowseRequest { Sources = [.. _sources.Distinct(StringComparer.Ordinal)], Types = [.. Type.Select(ArtifactType.Parse)], Collection = Collection, BaseFolder = baseFolder };
        var written = new HashSet<UpstreamArtifact>();
        foreach (var source in request.Sources.Count == 0 ? [] : await browser.BrowseEachAsync(request, cancellationToken))
        {
            // One source that cannot be listed does not hide the others.
            await pipeline.TryAsync(source.Source, () => source.Problem is { } problem ? Task.FromException(problem) : Task.CompletedTask);
            if (source.Problem is not null) continue;
            foreach (var one in source.Artifacts.Where(one => (patterns.Count == 0 || patterns.Any(pattern => Fits(pattern, one))) && written.Add(one)))
            {
                pipeline.Write(one);
            }

            foreach (var unmatched in patterns.Where(pattern => pattern.IsLiteral && !source.Artifacts.Any(one => Fits(pattern, one))))
            {
                pipeline.Error(ErrorRecords.Of(new NotInSourceException($"{source.Source} has no artifact '{unmatched.Text}'."), source.Source));
            }
        }
    });

    private static bool Fits(NamePattern pattern, UpstreamArtifact one) => pattern.Fits(one.Name) || (pattern.Text.Contains(':', StringComparison.Ordinal) && pattern.Fits(one.ArtifactId));
}
