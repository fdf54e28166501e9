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
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Whether to return only the active collection.</summary>
    [Parameter]
    public SwitchParameter Active { get; set; }

    /// <summary>The object from the pipeline: a collection, the name of one, or an object with a property <c>Collection</c>.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => List(piped is null ? null : CollectionNames.Read(piped)));

    private void List(IReadOnlyList<string>? piped) => Run((store, pipeline, _) =>
    {
        var all = store.List();
        foreach (var collection in all.Where(c => (!Active || c.IsActive) && IsWanted(c, Name, all) && IsWanted(c, piped ?? [], all)))
        {
            pipeline.Write(collection);
            if (collection.Problem is { } problem)
            {
                pipeline.Error(ErrorRecords.Of(new SkillMeatException(collection.ErrorId!, problem), collection));
            }
        }

        foreach (var missing in Name.Concat(piped ?? []).Where(n => !Wildcards.IsPattern(n) && !all.Any(c => IsCalled(c, n, all))))
        {
            pipeline.Error(ErrorRecords.Of(store.Missing(missing), missing));
        }

        return Task.CompletedTask;
    });

    private static bool IsWanted(CollectionSummary collection, IReadOnlyList<string> names, IReadOnlyList<CollectionSummary> all) => names.Count == 0 || names.Any(n => IsCalled(collection, n, all));

    // The name of a collection is no pattern, even with brackets, because names from the pipeline are not escaped.
    private static bool IsCalled(CollectionSummary collection, string name, IReadOnlyList<CollectionSummary> all) =>
        all.Any(c => c.Name == name) ? collection.Name == name : Wildcards.Of(name).IsMatch(collection.Name);
}
