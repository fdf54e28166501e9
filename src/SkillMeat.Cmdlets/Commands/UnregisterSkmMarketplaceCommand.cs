using System.Management.Automation;
using SkillMeat.Cache.Marketplaces;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Forgets marketplaces. Artifacts that came from them stay.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "SkmMarketplace", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(MarketplaceResult))]
public sealed class UnregisterSkmMarketplaceCommand : ChangingCommand
{
    private const string NameSet = "Name";
    private const string InputSet = "Input";

    private readonly List<string> _names = [];

    /// <summary>The names, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MarketplaceCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The object from the pipeline: the name of a marketplace, or an object with one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>Whether to return the outcomes.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => _names.AddRange(piped is null ? Name : MarketplaceTarget.Read(piped)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_names.Count > 0) Run(UnregisterAsync);
    }

    private async Task UnregisterAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var registry = new MarketplaceRegistry(store);
        var chosen = new List<NamePattern>();
        foreach (var pattern in Wildcards.OfArtifacts(_names))
        {
            await pipeline.TryAsync(pattern.Text, async () =>
            {
                foreach (var name in registry.FindNames([pattern]))
                {
                    if (await MayAsync(pipeline, $"marketplace '{ShortText.Cut(name)}'", "Forget it")) chosen.Add(new NamePattern(name, IsLiteral: false, other => other == name));
                }
            });
        }

        if (chosen.Count == 0) return;
        foreach (var result in (await registry.UnregisterAsync(chosen, LockTimeout, cancellationToken)).Where(_ => PassThru)) pipeline.Write(result);
    }
}
