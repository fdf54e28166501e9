using System.Management.Automation;
using System.Security;
using SkillMeat.Cache;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Comparing;
using SkillMeat.Storage;
using SkillMeat.Upstream;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Compares an artifact in the collection, in a project, upstream, in a snapshot, or as it was deployed or fetched. Changes nothing.</summary>
[Cmdlet(VerbsData.Compare, "SkmArtifact")]
[OutputType(typeof(ArtifactComparison))]
public sealed class CompareSkmArtifactCommand : SkmCommand
{
    private const string AllMembers = "";

    private readonly List<Comparison> _comparisons = [];
    private bool _isProjectGiven;

    /// <summary>The artifacts, by name or <c>type:name</c>.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The type of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string? Type { get; set; }

    /// <summary>The group whose members are compared.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The project: the path of a folder, or the name of a registered project.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string? Project { get; set; }

    /// <summary>Whether the user's own folders are the project.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsUserScope")]
    public SwitchParameter UserScope { get; set; }

    /// <summary>The profile, by id or alias.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The name of the collection.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>The old and the new side.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CompareSideCompleter))]
    public string[] Between { get; set; } = [];

    /// <summary>Whether to open both sides in the user's difftool.</summary>
    [Parameter]
    public SwitchParameter Tool { get; set; }

    /// <summary>The token for GitHub.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>The time to wait for a rate limit to be reset, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double MaxWaitSec { get; set; } = WaitSeconds.ForRateLimit;

    /// <summary>The time to wait for a host that does not answer, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.LeastForAnswer, WaitSeconds.Most)]
    public double TimeoutSec { get; set; } = WaitSeconds.ForAnswer;

    /// <summary>The object from the pipeline: an artifact, the name of one, or an object with a property <c>ArtifactId</c>.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isProjectGiven = !string.IsNullOrEmpty(Project);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, isExpected: Name.Length == 0 && Group is null, piped => _comparisons.AddRange(Read(piped)));

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_comparisons.Count > 0) Run(CompareAsync);
    }

    private IEnumerable<Comparison> Read(PipedObject? piped)
    {
        var (project, isUser) = UserScope && !_isProjectGiven ? (null, true) : (Given(Project), false);
        var (from, to) = ReadSides(project is not null || isUser);
        return ReadArtifacts(piped).Select(artifact => new Comparison(project, piped?.Value ?? artifact, new CompareRequest
        {
            Artifact = artifact,
            Type = Type,
            IsUser = isUser,
            Profile = Given(Profile),
            Collection = Given(Collection),
            From = from,
            To = to,
        }));
    }

    private string[] ReadArtifacts(PipedObject? piped)
    {
        if (Group is not null && Name.Length > 0) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name artifacts with -Name, or their group with -Group, not both.");
        // With a group, an object that names no artifact stands for a project or a collection.
        if (Group is not null && (piped is null || (piped.Texts.Count == 0 && piped["ArtifactId"] is null))) return [AllMembers];
        if (Name.Length > 0) return Name;
        if (piped is null) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name an artifact, or pipe one.");
        var target = ArtifactTarget.Read(piped, collections: null, ids: null, takesCollection: false);
        if (target.IsWholeCollection) throw piped.Unnamed("an artifact", "ArtifactId, and no Name");
        return [.. target.Ids.Select(id => id.ToString()), .. target.Names.Select(name => name.Text)];
    }

    private (CompareSide From, CompareSide To) ReadSides(bool hasProject)
    {
        var sides = Between.SelectMany(side => side.Split(',')).Select(side => side.Trim()).ToList();
        return sides switch
        {
            [] => hasProject ? (CompareSide.Collection, CompareSide.Project) : (CompareSide.Base, CompareSide.Collection),
            [var from, var to] => (CompareSide.Parse(from), CompareSide.Parse(to)),
            _ => throw new SkillMeatException(ErrorIds.InvalidArgument, "-Between takes two sides, such as Collection, Project."),
        };
    }

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;

    private async Task CompareAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var comparer = new ArtifactComparer(store);
        using var session = _comparisons.Exists(one => one.Request.From == CompareSide.Upstream || one.Request.To == CompareSide.Upstream)
            ? HomeCache.Connect(store, UpstreamConnection.Options(pipeline, Token, MaxWaitSec, TimeoutSec))
            : null;
        foreach (var (project, item, request) in _comparisons)
        {
            if (project is null)
            {
                await CompareEachAsync(store, comparer, request, item, session, pipeline, cancellationToken);
                continue;
            }

            foreach (var path in await paths.ResolveExistingAsync([project]))
            {
                await CompareEachAsync(store, comparer, request with { Project = path }, item, session, pipeline, cancellationToken);
            }
        }
    }

    private async Task CompareEachAsync(CollectionStore store, ArtifactComparer comparer, CompareRequest request, object item, UpstreamSession? session, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (Group is null)
        {
            await pipeline.TryAsync(item, () => CompareAsync(comparer, request, session, pipeline, cancellationToken));
            return;
        }

        IReadOnlyList<CompareRequest> members = [];
        await pipeline.TryAsync(item is AllMembers ? Group : item, () =>
        {
            if (item is AllMembers && request is { Project: null, IsUser: false }) GroupFilter.WarnOfMissing(Group, store.Read(request.Collection), pipeline);
            return Task.FromResult(members = comparer.ForGroup(Group, request));
        });
        foreach (var one in members.Where(one => IsWanted(one, request.Artifact))) await pipeline.TryAsync(one.Artifact, () => CompareAsync(comparer, one, session, pipeline, cancellationToken));
    }

    // An object that names an artifact stands for it alone.
    private static bool IsWanted(CompareRequest member, string artifact) => artifact is AllMembers || artifact == member.Artifact || artifact == ArtifactId.Parse(member.Artifact).Name;

    private async Task CompareAsync(ArtifactComparer comparer, CompareRequest request, UpstreamSession? session, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        using var progress = ShowProgress(pipeline, $"Comparing {request.Artifact}");
        pipeline.Write(Tool ? await comparer.OpenToolAsync(request, session, cancellationToken) : await comparer.CompareAsync(request, session, cancellationToken));
    }

    private sealed record Comparison(string? Project, object Item, CompareRequest Request);
}
