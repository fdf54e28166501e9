using System.Management.Automation;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Fetches the lists of registered marketplaces.</summary>
[Cmdlet(VerbsData.Update, "SkmMarketplace")]
[OutputType(typeof(MarketplaceResult))]
public sealed class UpdateSkmMarketplaceCommand : MarketplaceCommand
{
    private readonly List<string> _names = [];

    /// <summary>The names, with wildcards.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MarketplaceCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The object from the pipeline: the name of a marketplace, or an object with one.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: Name.Length == 0, piped => _names.AddRange(piped is null ? Name : MarketplaceTarget.Read(piped)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_names.Count == 0 && MyInvocation.ExpectingInput) return;
        RunOnMarketplaces(async (catalog, pipeline, cancellationToken) =>
        {
            foreach (var result in await catalog.UpdateAsync([.. Wildcards.OfArtifacts(_names)], cancellationToken)) Write(result, pipeline);
        });
    }
}
