using System.Management.Automation;
using SkillMeat.Cache.Search;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Searches the artifacts of all collections: names, titles, descriptions, tags, authors, sources, and the texts of their files.</summary>
[Cmdlet(VerbsCommon.Find, "SkmArtifact", SupportsPaging = true)]
[OutputType(typeof(FoundArtifact))]
public sealed class FindSkmArtifactCommand : SkmCommand
{
    // Long enough for several searches in a row, and shorter than an edit takes.
    private static readonly TimeSpan _maxTextAge = TimeSpan.FromSeconds(2);

    /// <summary>The words to find, phrases, and fields such as <c>type:skill</c>.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Text { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The tags that the artifacts have.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Tag { get; set; } = [];

    /// <summary>The collections, with wildcards. All by default.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The group to whose members the artifacts are restricted, one of <c>-Collection</c> or of the active collection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The project into which the artifacts are deployed: its folder, or the name of a registered one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>The order.</summary>
    [Parameter]
    public SearchOrder SortBy { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var collections = Collection is null ? [] : CollectionNames.ResolveKnown(store, Collection, pipeline);
        if (Collection is not null && collections.Count == 0) return;
        var projects = Project is null ? [] : await new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder")).ResolveAsync([Project]);
        if (Project is not null && projects.Count == 0) return;
        if (projects.Count > 1) throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{Project}' fits several projects: {string.Join(", ", projects)}. Name one.");
        var request = new ArtifactSearchRequest
        {
            Text = string.Join(' ', Text),
            Types = ArtifactFilter.Parse(Type, []).Types,
            Tags = Tag,
            Collections = collections,
            Group = Group,
            Project = projects.Count == 0 ? null : projects[0],
            Order = SortBy,
            Offset = Clamp(PagingParameters.Skip),
            Limit = Clamp(PagingParameters.First),
            MaxTextAge = _maxTextAge,
        };
        using var cache = OpenCache(store, pipeline);
        using var progress = ShowProgress(pipeline, "Searching", "artifacts");
        var found = new ArtifactSearch(cache).Search(request, cancellationToken);
        foreach (var message in found.Problems.Concat(found.Hints)) pipeline.Warn(message);
        if (PagingParameters.IncludeTotalCount) pipeline.Write(PagingParameters.NewTotalCount((ulong)found.Total, accuracy: 1.0));
        pipeline.Verbose($"{found.Total} found; the words fit as follows: {found.Match}.");
        foreach (var one in found.Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pipeline.Write(one);
        }
    });

    private static int Clamp(ulong number) => (int)Math.Min(number, int.MaxValue);
}
