using System.Management.Automation;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Errors;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that change what is deployed in projects.</summary>
public abstract class DeployingCommand : ChangingCommand
{
    private protected const string NameSet = "Name";
    private protected const string AllSet = "All";
    private protected const string GroupSet = "Group";
    private protected const string InputSet = "Input";

    private bool _isProjectGiven;

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NameSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Whether all artifacts are meant.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AllSet)]
    public SwitchParameter All { get; set; }

    /// <summary>The group whose members are meant.</summary>
    [Parameter(Mandatory = true, ParameterSetName = GroupSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The projects: paths of folders, or names of registered projects, with wildcards.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[]? Project { get; set; }

    /// <summary>Whether the user's own folders are meant, such as <c>~/.claude</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("IsUserScope")]
    public SwitchParameter UserScope { get; set; }

    /// <summary>The profiles, by id or alias; <c>*</c> for all detected ones.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[]? Profile { get; set; }

    /// <summary>The names of the collections, with wildcards.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string[]? Collection { get; set; }

    /// <summary>The ids of the artifacts, as <c>type:name</c>.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = InputSet)]
    [ArgumentCompleter(typeof(ArtifactIdCompleter))]
    public string[]? ArtifactId { get; set; }

    /// <summary>Whether local edits, and files without a record, are replaced or removed as well. Their content is kept in the object store.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>The object from the pipeline: an artifact, or the name of one. If the parameters name the artifacts, a project, a folder or a collection.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = NameSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = AllSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = GroupSet)]
    public PSObject? InputObject { get; set; }

    /// <summary>The selections of the parameters and of all objects of the pipeline.</summary>
    private protected List<DeploySelection> Selections { get; } = [];

    /// <inheritdoc/>
    protected override bool ForceConfirms => false;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isProjectGiven = Project is { Length: > 0 };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachInput(InputObject, piped => Selections.Add(Read(piped)));

    /// <summary>The names of the collections, or null for the default.</summary>
    private protected static string[]? Given(string[]? values) => values?.Where(value => !string.IsNullOrEmpty(value)).ToArray() is { Length: > 0 } given ? given : null;

    /// <summary>Runs a request. With <c>-WhatIf</c> or <c>-Confirm</c>, first shows or asks about each artifact that it would change.</summary>
    /// <param name="request">The request.</param>
    /// <param name="pipeline">The queue for output.</param>
    /// <param name="runAsync">The operation.</param>
    private protected async Task RunAsync(DeployRequest request, PipelineQueue pipeline, Func<DeployRequest, Task<IReadOnlyList<DeployedArtifact>>> runAsync)
    {
        var isDry = await pipeline.AskAsync(IsWhatIf);
        var outcomes = isDry || await pipeline.AskAsync(IsAsking) ? await runAsync(request with { DryRun = true }) : null;
        if (outcomes is not null)
        {
            var declined = new HashSet<string>(StringComparer.Ordinal);
            foreach (var artifact in outcomes.Where(DeployReport.IsChange).GroupBy(one => one.ArtifactId, StringComparer.Ordinal))
            {
                if (!await MayAsync(pipeline, artifact.Key, DeployReport.Describe([.. artifact]))) declined.Add(artifact.Key);
            }

            request = request with { Artifacts = [.. request.Artifacts.Where(artifact => !declined.Contains(artifact))] };
        }

        if (!isDry) outcomes = request.Artifacts.Count == 0 ? [] : await runAsync(request);
        DeployReport.Write(outcomes!, pipeline);
    }

    /// <summary>The object of errors of a request.</summary>
    private protected static string NameOf(DeployRequest request) => string.Join(", ", request.Projects.Concat(request.IncludeUser ? ["the user's own folders"] : []));

    private DeploySelection Read(PipedObject? piped)
    {
        var isInput = ParameterSetName == InputSet;
        if (isInput && (piped!.IsCollection || piped.IsProject || piped.IsFile)) throw piped.Refused("is not an artifact. Name the artifacts with -Name; '*' means all.");
        var projects = Given(Project) is { } named && (_isProjectGiven || !UserScope) ? named : [];
        var collections = Given(Collection);
        if (!isInput && piped is not null)
        {
            var found = ProjectTarget.Find(piped);
            if (piped.IsCollection) collections ??= CollectionNames.Read(piped).ToArray();
            else if (projects.Length == 0 && !UserScope && found.Count > 0) projects = [.. found];
            else if (found.Count == 0 && piped["Profile"] is null && piped["ArtifactId"] is null) throw piped.Unnamed("a project", "Project, and is no project or folder");
        }

        if (projects.Length == 0 && !UserScope) throw new SkillMeatException(ErrorIds.InvalidArgument, "Name a project with -Project, or the user's own folders with -UserScope.");
        // An object and the parameters together stand for what both name.
        var artifacts = isInput || piped?["ArtifactId"] is not null ? ArtifactTarget.Read(piped!, collections, isInput ? ArtifactId : null, takesCollection: false) : new ArtifactTarget(collections, [], []);
        return new DeploySelection(artifacts, projects, UserScope, Given(Profile) ?? []);
    }
}
