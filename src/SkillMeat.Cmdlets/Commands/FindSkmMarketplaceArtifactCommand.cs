using System.Management.Automation;
using SkillMeat.Browsing;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Searches the artifacts that the registered marketplaces offer.</summary>
[Cmdlet(VerbsCommon.Find, "SkmMarketplaceArtifact")]
[OutputType(typeof(MarketplaceArtifact))]
public sealed class FindSkmMarketplaceArtifactCommand : MarketplaceCommand
{
    private readonly List<string> _piped = [];

    /// <summary>The words to find. All must be there; case does not count.</summary>
    [Parameter(Position = 0)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] Text { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The names of the marketplaces, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MarketplaceCompleter))]
    public string[] Marketplace { get; set; } = [];

    /// <summary>The names of the plugins, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Plugin { get; set; } = [];

    /// <summary>The states compared with the collection.</summary>
    [Parameter]
    public UpstreamArtifactState[] State { get; set; } = [];

    /// <summary>The collection to compare with. The active one by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>Whether to list plugins without artifacts as well.</summary>
    [Parameter]
    public SwitchParameter IncludePlugin { get; set; }

    /// <summary>Whether to use what is known, without fetching anything.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>The object from the pipeline: the name of a marketplace, or an object with one.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: Marketplace.Length == 0, piped => _piped.AddRange(piped is null ? [] : MarketplaceTarget.Read(piped)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_piped.Count == 0 && Marketplace.Length == 0 && MyInvocation.ExpectingInput) return;
        RunOnMarketplaces(SearchAsync);
    }

    private async Task SearchAsync(MarketplaceCatalog catalog, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var names = Wildcards.OfArtifacts(Marketplace.Concat(_piped)).ToList();
        var found = await catalog.SearchAsync(
            new MarketplaceSearch
            {
                Text = string.Join(' ', Text),
                Types = [.. Type.Select(ArtifactType.Parse)],
                Marketplaces = names,
                Plugins = [.. Wildcards.OfArtifacts(Plugin)],
                States = State,
                Collection = Collection,
                BaseFolder = await pipeline.AskAsync(() => SessionState.Path.CurrentFileSystemLocation.ProviderPath),
                IncludePlugins = IncludePlugin,
                IsOffline = Offline,
            },
            cancellationToken);
        await WarnOfProblemsAsync(catalog, names, pipeline, cancellationToken);
        foreach (var one in found) pipeline.Write(one);
    }
}
