using System.Management.Automation;
using SkillMeat.Checks;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Deploys artifacts of a collection into projects, in one plan and one transaction. Local edits are never overwritten without <c>-Force</c>.</summary>
[Cmdlet(VerbsLifecycle.Install, "SkmArtifact", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(DeployedArtifact))]
public sealed class InstallSkmArtifactCommand : DeployingCommand
{
    /// <summary>Whether the artifacts are copied or linked.</summary>
    [Parameter]
    public DeployMode Mode { get; set; }

    /// <summary>Whether hooks and servers take effect as well.</summary>
    [Parameter]
    public SwitchParameter Activate { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Selections.Count > 0) Run(InstallAsync);
    }

    private async Task InstallAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var template = new DeployRequest { Mode = Mode, Activate = Activate, Force = Force, LockTimeout = LockTimeout };
        using var progress = ShowProgress(pipeline, "Deploying");
        var deployer = new ArtifactDeployer(store);
        foreach (var request in (await SelectAsync(store, pipeline)).ToRequests(template))
        {
            await pipeline.TryAsync(NameOf(request), () => RunAsync(request, pipeline, one => deployer.DeployAsync(one, cancellationToken)));
        }
    }

    private async Task<DeployBatches> SelectAsync(CollectionStore store, PipelineQueue pipeline)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var filter = ArtifactFilter.Of(Type, Wildcards.OfArtifacts(Name));
        var (read, groups, targets, batches) = (new ReadCollections(store, pipeline), new GroupFilter(Group, pipeline), new ArtifactTargets(), new DeployBatches());
        foreach (var selection in Selections)
        {
            targets.Add(selection.Artifacts);
            var projects = await paths.ResolveExistingAsync(selection.Projects);
            foreach (var collection in CollectionNames.Resolve(store, selection.Artifacts.Collections).Select(read.Find).OfType<CollectionIndex>())
            {
                foreach (var artifact in collection.Select(selection.Artifacts, groups.Narrow(filter, collection.Collection)))
                {
                    foreach (var project in projects.Cast<string?>().Concat(selection.UserScope ? [null] : [])) batches.Add(collection.Collection.Name, artifact.ArtifactId, project, selection.Profiles);
                }
            }
        }

        Report(store, filter, read, targets, pipeline);
        return batches;
    }

    private static void Report(CollectionStore store, ArtifactFilter filter, ReadCollections read, ArtifactTargets targets, PipelineQueue pipeline)
    {
        var unknown = new UnknownArtifacts();
        foreach (var (collection, narrowed) in targets.Resolve(store, filter))
        {
            if (read.Find(collection) is { } index) unknown.Add(narrowed, index.FindUnknown(narrowed));
        }

        foreach (var (name, error) in unknown.Everywhere) pipeline.Error(ErrorRecords.Of(error, name));
    }
}
