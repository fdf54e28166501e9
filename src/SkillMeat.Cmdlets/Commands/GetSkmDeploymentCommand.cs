using System.Management.Automation;
using SkillMeat.Cache.Deployments;
using SkillMeat.Cmdlets.Completion;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Lists everything that is deployed, in all projects, with its state.</summary>
[Cmdlet(VerbsCommon.Get, "SkmDeployment")]
[OutputType(typeof(DeploymentStatus))]
public sealed class GetSkmDeploymentCommand : SkmCommand
{
    /// <summary>The projects: names of registered projects, with wildcards, or paths of folders.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProjectCompleter))]
    public string[] Project { get; set; } = [];

    /// <summary>The names of the artifacts, or <c>type:name</c>, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The types of the artifacts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ArtifactTypeCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The group to whose members the deployments are restricted, one of <c>-Collection</c> or of the active collection.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string? Group { get; set; }

    /// <summary>The collection whose deployments are meant.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(CollectionCompleter))]
    public string? Collection { get; set; }

    /// <summary>The states.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public DeploymentState[] State { get; set; } = [];

    /// <summary>The profiles, by id or alias.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string[] Profile { get; set; } = [];

    /// <summary>A text that the name, project, collection or version contains.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Search { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        if (await KnownProjects.ReadAsync(store, pipeline, Project, path => ResolvePath(path, "a project is a folder")) is not { } projects) return;
        var query = new DeploymentQuery
        {
            Projects = projects,
            Types = [.. filter.Types.Select(type => type.Name)],
            Names = filter.Names,
            Collection = Collection,
            Group = Group,
            States = State,
            Profiles = Profile,
            Search = Search,
        };
        using var cache = OpenCache(store, pipeline);
        var report = new DeploymentOverview(cache).Find(query, cancellationToken);
        foreach (var deployment in report.Deployments) pipeline.Write(deployment);
        foreach (var (project, error) in report.Problems) pipeline.Error(ErrorRecords.Of(error, project));
    });
}
