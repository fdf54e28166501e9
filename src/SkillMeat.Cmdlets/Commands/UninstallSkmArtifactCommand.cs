using System.Management.Automation;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Collections;
using SkillMeat.Projects.Deploying;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Removes deployed artifacts from projects. Files that the user added stay, and so do edited ones without <c>-Force</c>.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "SkmArtifact", SupportsShouldProcess = true, DefaultParameterSetName = NameSet)]
[OutputType(typeof(DeployedArtifact))]
public sealed class UninstallSkmArtifactCommand : DeployingCommand
{
    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Selections.Count > 0) Run(UninstallAsync);
    }

    private async Task UninstallAsync(CollectionStore store, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        var template = new DeployRequest { Force = Force, LockTimeout = LockTimeout };
        using var progress = ShowProgress(pipeline, "Removing from projects");
        var deployer = new ArtifactDeployer(store);
        foreach (var request in (await SelectAsync(store, pipeline)).ToRequests(template))
        {
            await pipeline.TryAsync(NameOf(request), () => RunAsync(request, pipeline, one => deployer.UndeployAsync(one, cancellationToken)));
        }
    }

    private async Task<DeployBatches> SelectAsync(CollectionStore store, PipelineQueue pipeline)
    {
        var paths = new ProjectPaths(store, pipeline, path => ResolvePath(path, "a project is a folder"));
        var (reader, deployed, batches) = (new DeploymentReader(store), new Dictionary<(string? Project, string Profiles), IReadOnlyList<Deployment>>(), new DeployBatches());
        var types = Type.Select(ArtifactType.Parse).Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        IReadOnlyList<NamePattern>? wanted = Name.Length > 0 ? [.. Wildcards.OfArtifacts(Name)] : null;
        var groups = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var (known, unknown) = (new HashSet<string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var selection in Selections)
        {
            IReadOnlyList<NamePattern>? piped = selection.Artifacts.IsWholeCollection ? null : [.. selection.Artifacts.Ids.Select(id => Wanted(id.ToString())), .. selection.Artifacts.Names];
            var collections = selection.Artifacts.Collections?.Select(Wildcards.Of).ToList();
            var projects = (await paths.ResolveExistingAsync(selection.Projects)).Cast<string?>().Concat(selection.UserScope ? [null] : []).ToList();
            var members = Group is null ? null : await FindMembersAsync(store, CollectionNames.Resolve(store, selection.Artifacts.Collections), groups, pipeline);
            foreach (var project in projects)
            {
                var key = (project, string.Join('\n', selection.Profiles));
                if (!deployed.TryGetValue(key, out var found))
                {
                    found = [];
                    await pipeline.TryAsync(project ?? "the user's own folders", () => Task.FromResult(found = reader.Read(project, selection.Profiles)));
                    deployed[key] = found;
                }

                foreach (var one in found.Where(one => (types.Count == 0 || types.Contains(one.Type)) && (collections is null || (one.Collection is { } from && collections.Exists(pattern => pattern.IsMatch(from))))))
                {
                    known.UnionWith((wanted ?? []).Concat(piped ?? []).Where(name => Fits(name, one)).Select(name => name.Text));
                    if (!IsAmong(wanted, one) || !IsAmong(piped, one) || members?.Contains((one.Collection ?? "", one.ArtifactId)) == false) continue;
                    batches.Add(collection: null, one.ArtifactId, project, [one.Profile]);
                }
            }

            if (projects.Count == 0) continue;
            var places = projects is [var only] ? only is null ? "the user's own folders" : $"'{only}'" : $"any of the {projects.Count} projects";
            foreach (var name in (wanted ?? []).Concat(piped ?? []).Where(name => name.IsLiteral)) unknown.TryAdd(name.Text, places);
        }

        foreach (var (name, places) in unknown.Where(one => !known.Contains(one.Key)))
        {
            pipeline.Error(ErrorRecords.Of(new NotDeployedException($"'{name}' is not deployed in {places}."), name));
        }

        return batches;
    }

    // A group without members is not everything. Members that the collection no longer has can still be deployed.
    private async Task<HashSet<(string Collection, string ArtifactId)>> FindMembersAsync(CollectionStore store, IReadOnlyList<string> collections, Dictionary<string, HashSet<string>> known, PipelineQueue pipeline)
    {
        foreach (var name in collections.Where(name => !known.ContainsKey(name)))
        {
            known[name] = [];
            await pipeline.TryAsync(Group!, () =>
            {
                var read = store.Read(name);
                known[name] = [.. read.FindMembers(Group!).Select(artifact => artifact.ArtifactId), .. read.FindGroup(Group!).MissingMembers];
                return Task.CompletedTask;
            });
        }

        return [.. collections.SelectMany(name => known[name].Select(id => (name, id)))];
    }

    private static NamePattern Wanted(string id) => new(id, IsLiteral: true, text => text.Equals(id, StringComparison.OrdinalIgnoreCase));

    private static bool IsAmong(IReadOnlyList<NamePattern>? names, Deployment one) => names is null || names.Any(name => Fits(name, one));

    private static bool Fits(NamePattern pattern, Deployment one) => pattern.Fits(one.Name) || (pattern.Text.Contains(':', StringComparison.Ordinal) && pattern.Fits(one.ArtifactId));
}
