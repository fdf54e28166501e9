using System.Management.Automation;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Registers marketplaces of plugins, so that they can be searched.</summary>
[Cmdlet(VerbsLifecycle.Register, "SkmMarketplace", SupportsShouldProcess = true, DefaultParameterSetName = SourceSet)]
[OutputType(typeof(MarketplaceResult))]
public sealed class RegisterSkmMarketplaceCommand : UpstreamCommand
{
    private const string SourceSet = "Source";
    private const string InputSet = "Input";

    private readonly List<string> _sources = [];

    /// <summary>The sources: <c>owner/repo[/path][@version]</c>, the URL of a repository or of a file <c>marketplace.json</c>, a folder, or such a file.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = SourceSet)]
    [ValidateNotNullOrEmpty]
    public string[] Source { get; set; } = [];

    /// <summary>The name of a single marketplace. By default the one in its file, or that of the repository or folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The object from the pipeline: a source, a file or folder, or an object with a property <c>Source</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => _sources.AddRange(piped is null ? Source : Read(piped)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_sources.Count > 0) Run(RegisterAsync);
    }

    private static IReadOnlyList<string> Read(PipedObject piped)
    {
        if (piped.Texts.Any(string.IsNullOrWhiteSpace)) throw new SkillMeatException(ErrorIds.InvalidArgument, "The source of a marketplace is empty.");
        if (piped.Texts.Count > 0) return piped.Texts;
        return (piped.IsFile ? piped["FullName"] : piped["Source"]) is { } source ? [source] : throw piped.Unnamed("a marketplace", "Source, and no FullName");
    }

    private async Task RegisterAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var sources = _sources.Distinct(StringComparer.Ordinal).ToList();
        if (Name is not null && sources.Count > 1) throw new SkillMeatException(ErrorIds.InvalidArgument, $"-Name applies to one marketplace, and {sources.Count} were given.");
        var baseFolder = await pipeline.AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath);
        using var cache = OpenCache(store, pipeline);
        using var session = OpenUpstream(store, pipeline);
        using var progress = ShowProgress(pipeline, "Listing marketplaces");
        var catalog = new MarketplaceCatalog(cache, session);
        foreach (var source in sources)
        {
            // One that cannot be fetched does not keep the others from being registered.
            await pipeline.TryAsync(source, async () =>
            {
                if (!await MayAsync(pipeline, $"'{ShortText.Cut(MarketplaceCatalog.Show(source))}'", Name is null ? "Register as marketplace" : $"Register as marketplace '{ShortText.Cut(Name)}'")) return;
                pipeline.Write(await catalog.RegisterAsync(new MarketplaceRegistration { Source = source, Name = Name, BaseFolder = baseFolder, LockTimeout = LockTimeout }, cancellationToken));
            });
        }
    }
}
