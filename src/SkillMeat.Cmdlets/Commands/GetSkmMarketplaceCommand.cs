using System.Management.Automation;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists the registered marketplaces.</summary>
[Cmdlet(VerbsCommon.Get, "SkmMarketplace")]
[OutputType(typeof(Marketplace))]
public sealed class GetSkmMarketplaceCommand : MarketplaceCommand
{
    private readonly List<string> _names = [];

    /// <summary>The names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MarketplaceCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Whether to use what is known, without fetching anything.</summary>
    [Parameter]
    public SwitchParameter Offline { get; set; }

    /// <summary>The object from the pipeline: the name of a marketplace, or an object with one.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: Name.Length == 0, piped => _names.AddRange(piped is null ? Name : MarketplaceTarget.Read(piped)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_names.Count > 0 || !MyInvocation.ExpectingInput) RunOnMarketplaces(ListAsync);
    }

    private async Task ListAsync(MarketplaceCatalog catalog, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        foreach (var one in await catalog.ListAsync([.. Wildcards.OfArtifacts(_names)], Offline, cancellationToken))
        {
            Warn(one, pipeline);
            pipeline.Write(one);
        }
    }
}
