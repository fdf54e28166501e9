using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Editing;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that change the members of a group. All changes of a collection are one transaction.</summary>
public abstract class GroupMemberCommand : EditingCommand
{
    private protected const string NameSet = "Name";
    private protected const string InputSet = "Input";

    private readonly ArtifactTargets _targets = new();

    /// <summary>The group.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string Group { get; set; } = "";

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The ids of the artifacts, as <c>type:name</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ArtifactIdCompleter))]
    public string[]? ArtifactId { get; set; }

    /// <summary>The object from the pipeline: an artifact, or the name of one.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The name of the collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>Whether to return the group.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override EntryList List => EntryList.Groups;

    /// <summary>Finds what a name or pattern means.</summary>
    private protected abstract IEnumerable<string> Find(Collection collection, ArtifactGroup group, NamePattern wanted);

    /// <summary>Checks that an artifact can be added or removed.</summary>
    /// <exception cref="SkillMeatException">It cannot.</exception>
    private protected abstract void Check(Collection collection, ArtifactGroup group, string member);

    /// <summary>Makes the edit, with a description for the user.</summary>
    private protected abstract (ManifestEdit Edit, string Action) EditOf(string group, IReadOnlyList<string> members);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: ParameterSetName == InputSet, piped =>
    {
        if (piped is { IsCollection: true }) throw piped.Refused("is not an artifact. Pipe the output of Get-SkmArtifact, or name artifacts with -Name.");
        string[]? collections = Collection is null ? null : [Collection];
        _targets.Add(piped is null ? new ArtifactTarget(collections, [], [.. Wildcards.OfArtifacts(Name)]) : ArtifactTarget.Read(piped, collections, ArtifactId, takesCollection: false));
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_targets.All.Count > 0) Run(ChangeAsync);
    }

    private async Task ChangeAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var byCollection = _targets.All.GroupBy(target => target.Collections is [var named] ? CollectionNames.Match(store, named) : store.ActiveCollection, StringComparer.Ordinal);
        foreach (var targets in byCollection) await pipeline.TryAsync(targets.Key, () => ChangeAsync(store, targets.Key, [.. targets], pipeline, cancellationToken));
    }

    private async Task ChangeAsync(CollectionStore store, string name, IReadOnlyList<ArtifactTarget> targets, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var collection = store.Read(name);
        var group = collection.FindGroup(Group);
        var members = new List<string>();
        foreach (var target in targets)
        {
            members.AddRange(target.Ids.Select(id => id.ToString()));
            members.AddRange(target.Names.SelectMany(wanted => Find(collection, group, wanted)));
        }

        // One that cannot be added or removed does not keep the others from it.
        var valid = new List<string>();
        foreach (var member in members.Distinct(StringComparer.Ordinal))
        {
            try
            {
                Check(collection, group, member);
                valid.Add(member);
            }
            catch (SkillMeatException e)
            {
                pipeline.Error(ErrorRecords.Of(e, member));
            }
        }

        if (valid.Count == 0) return;
        if (await EditAsync(store, name, [EditOf(group.Name!, valid)], pipeline, cancellationToken) is { } result && PassThru) Write(result, group.Name!, pipeline);
    }
}
