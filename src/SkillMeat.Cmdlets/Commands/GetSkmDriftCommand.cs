using System.Management.Automation;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Projects.Drift;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Compares the copies in projects with what was deployed and with the collection.</summary>
[Cmdlet(VerbsCommon.Get, "SkmDrift")]
[OutputType(typeof(ArtifactDrift))]
public sealed class GetSkmDriftCommand : ProjectSelectionCommand
{
    private readonly List<(string? Project, string? Artifact)> _wanted = [];

    /// <summary>Whether to compare all registered projects.</summary>
    [Parameter]
    public SwitchParameter AllProjects { get; set; }

    /// <summary>Whether to read every file, also those that look unchanged since the last comparison.</summary>
    [Parameter]
    public SwitchParameter Full { get; set; }

    /// <summary>Whether to return artifacts in sync, too.</summary>
    [Parameter]
    public SwitchParameter IncludeInSync { get; set; }

    /// <summary>Whether the table shows when tags of the artifact in the collection were last imported from upstream.</summary>
    [Parameter]
    public SwitchParameter ShowMetadata { get; set; }

    /// <summary>Whether to store in the deployment records when a modification was first seen.</summary>
    [Parameter]
    public SwitchParameter Record { get; set; }

    /// <inheritdoc/>
    protected override bool OnlyReads => !Record;

    private bool IsUserWanted { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        IsUserWanted |= UserScope;
        var given = GivenProjects ?? [];
        if (piped is null || IsProjectGiven) _wanted.AddRange(given.Select(one => ((string?)one, (string?)null)));
        else if (piped["ArtifactId"] is { } artifact && given.Count > 0) _wanted.AddRange(given.Select(one => (UserScope ? null : one, (string?)artifact)));
        else if (!UserScope) _wanted.AddRange(ProjectTarget.Read(piped).Select(one => ((string?)one, (string?)null)));
        if (piped is null && given.Count == 0 && !AllProjects && !UserScope) _wanted.Add((SessionState.Path.CurrentFileSystemLocation.ProviderPath, null));
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wanted.Count > 0 || AllProjects || IsUserWanted) Run(CompareAsync);
    }

    private async Task CompareAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var projects = await paths.ResolveAsync(_wanted.Select(one => one.Project).OfType<string>());
        if (projects.Count == 0 && !AllProjects && !IsUserWanted) return;
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var request = new DriftRequest
        {
            Projects = projects,
            AllProjects = AllProjects,
            IncludeUser = IsUserWanted,
            Types = [.. filter.Types.Select(type => type.Name)],
            Names = filter.Names,
            Collection = Collection,
            Group = Group,
            Profiles = Profile,
            IsFull = Full,
            // So that a name that nothing has is told, and the time of a modification that is gone is removed.
            IncludeInSync = true,
        };
        var checker = new DriftChecker(store);
        using var progress = ShowProgress(pipeline, "Comparing projects");
        var report = checker.Check(request, cancellationToken);
        if (Record && !await pipeline.AskAsync(IsWhatIf)) report = await checker.RecordAsync(report, LockTimeout, cancellationToken);
        Write(report, filter, pipeline);
    }

    private void Write(DriftReport report, ArtifactFilter filter, PipelineQueue pipeline)
    {
        // Objects that name an artifact stand for it alone, those that do not for the whole project.
        var ids = _wanted.TrueForAll(one => one.Artifact is not null) && !AllProjects ? _wanted.Select(one => one.Artifact!).ToHashSet(StringComparer.OrdinalIgnoreCase) : [];
        foreach (var drift in report.Artifacts.Where(drift => (IncludeInSync || drift.State != DriftState.InSync) && (ids.Count == 0 || ids.Contains(drift.ArtifactId))))
        {
            pipeline.Write(ShowMetadata ? ShownWith.Choose(drift, ShownWith.Metadata) : drift);
        }

        foreach (var (project, error) in report.Problems) pipeline.Error(ErrorRecords.Of(error, project));
        foreach (var name in filter.Names.Where(name => name.IsLiteral && report.Problems.Count == 0 && !report.Artifacts.Any(drift => Fits(name, drift))))
        {
            pipeline.Error(ErrorRecords.Of(new NotDeployedException($"None of the compared projects has an artifact '{name.Text}'."), name.Text));
        }
    }

    private static bool Fits(NamePattern pattern, ArtifactDrift one) => pattern.Fits(one.Name) || (pattern.Text.Contains(':', StringComparison.Ordinal) && pattern.Fits(one.ArtifactId));
}
