using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists collections.</summary>
[Cmdlet(VerbsCommon.Get, "SkmCollection")]
[OutputType(typeof(CollectionSummary))]
public sealed class GetSkmCollectionCommand : SkmCommand
{
    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Whether to return only the active collection.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run((store, pipeline, _) =>
    {
        var all = store.List();
        foreach (var collection in all.Where(c => (!Active || c.IsActive) && IsWanted(c)))
        {
            pipeline.Write(collection);
            if (collection.Problem is { } problem)
            {
                pipeline.Error(ErrorRecords.Of(new SkillMeatException(collection.ErrorId!, problem), collection));
            }
        }

        foreach (var missing in Name.Where(n => !WildcardPattern.ContainsWildcardCharacters(n) && !all.Any(c => IsCalled(c, n))))
        {
            pipeline.Error(ErrorRecords.Of(store.Missing(missing), missing));
        }

        return Task.CompletedTask;
    });

    private bool IsWanted(CollectionSummary collection) => Name.Length == 0 || Name.Any(n => IsCalled(collection, n));

    private static bool IsCalled(CollectionSummary collection, string name) => WildcardPattern.Get(name, WildcardOptions.IgnoreCase).IsMatch(collection.Name);
}
