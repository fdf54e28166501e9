using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Restoring;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists what forced deployments, removals and syncs replaced in projects, and writes it back.</summary>
[Cmdlet(VerbsData.Restore, "SkmProject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(ReplacedCopy))]
public sealed class RestoreSkmProjectCommand : ProjectCommand
{
    private readonly List<(string? Project, string? Artifact, string? Path, DateTimeOffset? ReplacedAt)> _wanted = [];

    /// <summary>The names of the artifacts to write back, or <c>type:name</c>, with wildcards. Without it, what is kept is listed.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Whether all artifacts are written back.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Whether the user's own folders are meant, such as <c>~/.claude</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsUserScope")]
    public SwitchParameter UserScope { get; set; }

    /// <summary>The time at which the wanted content was replaced. What was replaced last by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTimeOffset? ReplacedAt { get; set; }

    /// <summary>Whether copies that were edited since are replaced, without confirmation. Their content is kept in turn.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (All && Name.Length > 0) ThrowTerminatingError(ErrorRecords.Of(new SkillMeatException(ErrorIds.InvalidArgument, "Name the artifacts with -Name, or use -All for every one."), target: null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        var given = GivenProjects ?? [];
        var artifact = piped?["ArtifactId"] as string;
        // The path of an artifact that is in no project is that in its collection.
        var path = artifact is not null && !string.IsNullOrEmpty(piped!["Project"] as string) ? piped["Path"] as string : null;
        if (UserScope) _wanted.Add((null, artifact, path, ReplacedAt));
        else if (piped is null || IsProjectGiven || artifact is not null) _wanted.AddRange(given.Select(one => ((string?)one, artifact, path, ReplacedAt)));
        else _wanted.AddRange(ProjectTarget.Read(piped).Select(one => ((string?)one, artifact, path, ReplacedAt)));
        if (_wanted.Count == 0 && piped is null) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name a project with -Project, or the user's own folders with -UserScope.");
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wanted.Count > 0) Run(RestoreAsync);
    }

    private async Task RestoreAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var restorer = new ProjectRestorer(store);
        using var progress = ShowProgress(pipeline, "Restoring projects");
        foreach (var group in OneOfEachCopy(pipeline).GroupBy(one => (one.Artifact, one.ReplacedAt, HasPath: one.Path is not null)))
        {
            var projects = await paths.ResolveExistingAsync([.. group.Select(one => one.Project).OfType<string>()]);
            var isUser = group.Any(one => one.Project is null);
            if (projects.Count == 0 && !isUser) continue;
            var request = new RestoreCopiesRequest
            {
                Names = [.. Wildcards.OfArtifacts(Name), .. group.Key.Artifact is { } id ? [new NamePattern(id, IsLiteral: true, text => text.Equals(id, StringComparison.OrdinalIgnoreCase))] : Array.Empty<NamePattern>()],
                Projects = [.. projects],
                Paths = [.. group.Select(one => one.Path).OfType<string>()],
                IncludeUser = isUser,
                ReplacedAt = group.Key.ReplacedAt,
                Force = Force,
                LockTimeout = LockTimeout,
            };
            await pipeline.TryAsync(string.Join(", ", projects), async () =>
            {
                foreach (var one in await RunAsync(restorer, request, pipeline, cancellationToken)) Write(one, pipeline);
            });
        }
    }

    // One after the other would write each of them, and the oldest one would stay.
    private IEnumerable<(string? Project, string? Artifact, string? Path, DateTimeOffset? ReplacedAt)> OneOfEachCopy(PipelineQueue pipeline)
    {
        foreach (var copy in _wanted.Distinct().GroupBy(one => one.Path is null ? (object)one : (one.Project, one.Path)))
        {
            if (copy.Count() > 1) pipeline.Warn($"{copy.Count()} contents of '{copy.First().Path}' were given. The one that was replaced last is written back.");
            yield return copy.OrderByDescending(one => one.ReplacedAt ?? DateTimeOffset.MaxValue).First();
        }
    }

    private async Task<IReadOnlyList<ReplacedCopy>> RunAsync(ProjectRestorer restorer, RestoreCopiesRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        if (request.Names.Count == 0 && !All) return restorer.List(request, cancellationToken);
        var planned = await restorer.RestoreAsync(request with { DryRun = true }, cancellationToken);
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var artifact in planned.Where(one => one.Status == ReplacedCopyStatus.Restored).GroupBy(one => one.ArtifactId, StringComparer.Ordinal))
        {
            if (await ConfirmAsync(pipeline, artifact.Key, $"Write back what was replaced in {string.Join(", ", artifact.Select(one => $"'{ShortText.Cut(one.Project)}'").Distinct(StringComparer.Ordinal))}")) chosen.Add(artifact.Key);
        }

        if (chosen.Count == 0) return planned;
        var others = planned.Where(one => one.Status != ReplacedCopyStatus.Restored).Select(one => one with { DryRun = false });
        var names = chosen.Select(id => new NamePattern(id, IsLiteral: true, text => text == id)).ToList();
        return [.. (await restorer.RestoreAsync(request with { Names = names }, cancellationToken)).Concat(others).DistinctBy(one => (one.Path, one.ReplacedAt))];
    }

    private static void Write(ReplacedCopy one, PipelineQueue pipeline)
    {
        pipeline.Write(one);
        foreach (var warning in one.Warnings) pipeline.Warn(warning);
        if (one.Status == ReplacedCopyStatus.Conflict) pipeline.Warn($"{one.ArtifactId} in '{one.Project}' was not changed: {one.Reason}");
        else if (one.Status == ReplacedCopyStatus.Error) pipeline.Error(ErrorRecords.Of(new SkillMeatException(ErrorIds.ObjectMissing, $"{one.ArtifactId} in '{one.Project}': {one.Reason}"), one));
    }
}
