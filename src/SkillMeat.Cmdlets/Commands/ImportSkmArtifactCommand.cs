using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Adoption;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Takes artifacts that lie in projects, without a record or with that of another home, into a collection, and makes them deployments. Their files stay as they are.</summary>
[Cmdlet(VerbsData.Import, "SkmArtifact", SupportsShouldProcess = true)]
[OutputType(typeof(AdoptedArtifact))]
public sealed class ImportSkmArtifactCommand : UpstreamCommand
{
    private readonly List<string> _projects = [];
    private readonly List<AdoptSelection> _selections = [];
    private bool _isProjectGiven;
    private bool _isProfileGiven;

    /// <summary>The projects: paths of folders, or names of registered projects, with wildcards.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[]? Project { get; set; }

    /// <summary>Whether the user's own folders are meant, such as <c>~/.claude</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsUserScope")]
    public SwitchParameter UserScope { get; set; }

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(UnrecordedCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The profiles in whose folders to look, by id or alias.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = [];

    /// <summary>The collection that gets the artifacts, or null for the active one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>Whether to leave out what belongs to plugins of Claude Code.</summary>
    [Parameter]
    public SwitchParameter SkipPlugin { get; set; }

    /// <summary>Whether upstream is asked, to find the commit of files that are there as they were fetched.</summary>
    [Parameter]
    public SwitchParameter Online { get; set; }

    /// <summary>The object from the pipeline: a project, a folder, the name of a project, or an object with a property <c>Project</c>.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    private bool IsUserWanted { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isProjectGiven = Project is { Length: > 0 };
        _isProfileGiven = Profile.Length > 0;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped =>
    {
        var given = Project?.Where(one => !string.IsNullOrEmpty(one)).ToList() ?? [];
        var isObject = piped?["ArtifactId"] is not null;
        if (isObject && (given.Count > 0 || UserScope))
        {
            // An object and the parameters together stand for what both name; its path is that of its own project.
            var one = new AdoptSelection { ArtifactId = piped!["ArtifactId"], Path = _isProjectGiven ? null : piped["Path"], Profile = _isProfileGiven ? null : piped["Profile"] };
            if (!UserScope || _isProjectGiven) _selections.AddRange(given.Select(project => one with { Project = project }));
            if (UserScope) _selections.Add(one);
            return;
        }

        if (piped is null || _isProjectGiven) _projects.AddRange(given);
        else if (!UserScope) _projects.AddRange(ProjectTarget.Read(piped));
        IsUserWanted |= UserScope;
        if (piped is null && given.Count == 0 && !UserScope) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name a project with -Project, or the user's own folders with -UserScope.");
    });

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_projects.Count > 0 || _selections.Count > 0 || IsUserWanted) Run(AdoptAsync);
    }

    private async Task AdoptAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var projects = await paths.ResolveExistingAsync(_projects);
        var selections = new List<AdoptSelection>();
        foreach (var one in _selections.Distinct())
        {
            if (one.Project is null) selections.Add(one);
            else selections.AddRange((await paths.ResolveExistingAsync([one.Project])).Select(project => one with { Project = project }));
        }

        if (projects.Count == 0 && selections.Count == 0 && !IsUserWanted) return;
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var request = new AdoptRequest
        {
            Projects = projects,
            IncludeUser = IsUserWanted,
            Selections = selections,
            Types = [.. filter.Types.Select(type => type.Name)],
            Names = filter.Names,
            Profiles = Profile,
            Collection = Collection,
            SkipPlugins = SkipPlugin,
            LockTimeout = LockTimeout,
        };
        var isOfUser = IsUserWanted || selections.Exists(one => one.Project is null);
        var named = projects.Concat(selections.Select(one => one.Project).OfType<string>()).Concat(isOfUser ? ["the user's own folders"] : []).Distinct(StringComparer.Ordinal);
        using var progress = ShowProgress(pipeline, "Adopting");
        using var session = Online ? OpenUpstream(store, pipeline) : null;
        await pipeline.TryAsync(string.Join(", ", named), () => AdoptAsync(new ArtifactAdopter(store, session: session), request, pipeline, cancellationToken));
    }

    private async Task AdoptAsync(ArtifactAdopter adopter, AdoptRequest request, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var isDry = await pipeline.AskAsync(IsWhatIf);
        var planned = isDry || await pipeline.AskAsync(IsAsking) ? await adopter.AdoptAsync(request with { DryRun = true }, cancellationToken) : null;
        var declined = new HashSet<string>(StringComparer.Ordinal);
        foreach (var artifact in (planned?.Artifacts ?? []).Where(one => one.IsChange).GroupBy(one => one.ArtifactId, StringComparer.Ordinal))
        {
            if (!await MayAsync(pipeline, artifact.Key, Describe([.. artifact]))) declined.Add(artifact.Key);
        }

        var accepted = planned?.Artifacts.Where(one => !declined.Contains(one.ArtifactId)).ToList();
        if (!isDry && declined.Count > 0) request = request with { Names = [.. accepted!.SelectMany(NamesOf).Distinct(StringComparer.Ordinal).Select(ExactlyOf)] };
        if (!isDry) request = request with { Planned = accepted };
        var result = isDry ? planned! : accepted is { Count: 0 } ? new AdoptResult([], planned!.Warnings) : await adopter.AdoptAsync(request, cancellationToken);
        foreach (var warning in result.Warnings) pipeline.Warn(warning);
        foreach (var one in result.Artifacts)
        {
            pipeline.Write(one);
            if (one.Status == AdoptStatus.Conflict) pipeline.Warn($"{one.ArtifactId} in '{one.Project}' was not adopted: {one.Reason}");
            else if (one.Status == AdoptStatus.Error) pipeline.Error(ErrorRecords.Of(new SkillMeatException(one.ErrorId ?? ErrorIds.ArtifactInvalid, $"{one.ArtifactId} in '{one.Project}': {one.Reason}"), one));
        }
    }

    // The copy can have another name than the artifact of the collection.
    private static string[] NamesOf(AdoptedArtifact one) => [one.ArtifactId, $"{one.Type}:{Path.GetFileName(one.Path)}", $"{one.Type}:{Path.GetFileNameWithoutExtension(one.Path)}"];

    private static NamePattern ExactlyOf(string id) => new(id, IsLiteral: false, text => text.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static string Describe(IReadOnlyList<AdoptedArtifact> changes)
    {
        var (first, places) = (changes[0], string.Join(", ", changes.Select(one => $"'{ShortText.Cut(one.Path)}'")));
        var record = changes.Any(one => one.Status != AdoptStatus.Copied) ? $"make {places} {(changes.Count == 1 ? "its deployment" : "its deployments")}" : "";
        if (first.Status == AdoptStatus.Recorded) return char.ToUpperInvariant(record[0]) + record[1..];
        var copy = $"Copy {(first.Status == AdoptStatus.Copied ? places : "it")} into the collection '{ShortText.Cut(first.Collection)}', from {ShortText.Cut(first.Upstream ?? first.Origin)}";
        return record.Length == 0 ? copy : $"{copy}, and {record}";
    }
}
