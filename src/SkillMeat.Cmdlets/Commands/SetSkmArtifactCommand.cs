using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Editing;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Edits the details of artifacts in collections, in one transaction for each collection. Their files stay as they are.</summary>
[Cmdlet(VerbsCommon.Set, "SkmArtifact", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(Artifact))]
public sealed class SetSkmArtifactCommand : CollectionArtifactCommand
{
    /// <summary>The title; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>The description; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The author; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Author { get; set; }

    /// <summary>The licence; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? License { get; set; }

    /// <summary>The category; an empty one removes it.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Category { get; set; }

    /// <summary>The tags that replace all others; none removes all.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[]? Tag { get; set; }

    /// <summary>The tags to add.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AddTag { get; set; } = [];

    /// <summary>The tags to remove.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] RemoveTag { get; set; } = [];

    private protected override string ActionOnAll => "edits all";

    private protected override string Question => "Edit the details";

    private protected override async Task ChangeAsync(CollectionStore store, string collection, IReadOnlyList<string> artifacts, bool isDry, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var request = new EditRequest { Details = [.. artifacts.Select(EditOf)], Collection = collection, DryRun = isDry, LockTimeout = LockTimeout };
        var result = await new ManifestEditor(store).EditAsync(request, cancellationToken);
        if (result.SnapshotId is { } id) pipeline.Verbose($"Snapshot {id} was taken first; Restore-SkmSnapshot -Collection '{collection}' -SnapshotId {id} restores it.");
        foreach (var artifact in artifacts.Where(_ => PassThru && !isDry)) pipeline.Write(result.After.Find(artifact));
    }

    private DetailsEdit EditOf(string artifact)
    {
        (string Field, string Parameter, string? Value)[] values =
        [
            ("title", nameof(Title), Title), ("description", nameof(Description), Description), ("author", nameof(Author), Author), ("license", nameof(License), License), ("category", nameof(Category), Category),
        ];
        return new DetailsEdit(artifact)
        {
            Values = values.Where(one => MyInvocation.BoundParameters.ContainsKey(one.Parameter)).ToDictionary(one => one.Field, one => one.Value),
            Tags = MyInvocation.BoundParameters.ContainsKey(nameof(Tag)) ? Tag is null or [""] ? [] : Tag : null,
            AddedTags = AddTag,
            RemovedTags = RemoveTag,
        };
    }
}
