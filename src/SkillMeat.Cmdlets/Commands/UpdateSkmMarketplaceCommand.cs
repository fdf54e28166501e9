using System.Management.Automation;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Fetches the lists of registered marketplaces.</summary>
[Cmdlet(VerbsData.Update, "SkmMarketplace", SupportsShouldProcess = true)]
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
        RunOnMarketplaces(UpdateAsync);
    }

    private async Task UpdateAsync(MarketplaceCatalog catalog, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var chosen = new List<NamePattern>();
        foreach (var name in catalog.FindNames([.. Wildcards.OfArtifacts(_names)]))
        {
            if (await MayAsync(pipeline, $"marketplace '{ShortText.Cut(name)}'", "Fetch its list")) chosen.Add(new NamePattern(name, IsLiteral: false, other => other == name));
        }

        if (chosen.Count == 0) return;
        foreach (var result in await catalog.UpdateAsync(chosen, cancellationToken)) Write(result, pipeline);
    }
}
