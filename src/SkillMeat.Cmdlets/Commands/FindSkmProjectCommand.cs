using System.Management.Automation;
using SkillMeat.Cmdlets.Pipeline;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cmdlets.Commands;

/// <summary>Searches folders for projects: folders that have the folders of an agent, or deployment records.</summary>
[Cmdlet(VerbsCommon.Find, "SkmProject")]
[OutputType(typeof(Project))]
public sealed class FindSkmProjectCommand : SkmCommand
{
    private const int MostLevels = 64;

    /// <summary>The folders to search. The current one by default.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = ["."];

    /// <summary>The number of levels below the folders.</summary>
    [Parameter]
    [ValidateRange(0, MostLevels)]
    public int Depth { get; set; } = ProjectRegistry.DefaultDepth;

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (store, pipeline, cancellationToken) =>
    {
        var registry = new ProjectRegistry(store);
        using var progress = ShowProgress(pipeline, "Searching for projects");
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in await pipeline.AskAsync(() => Path.Select(path => ResolvePath(path, "projects are folders")).ToList()))
        {
            await pipeline.TryAsync(folder, () =>
            {
                foreach (var project in registry.Find(folder, Depth, cancellationToken).Where(project => found.Add(project.Path))) pipeline.Write(project);
                return Task.CompletedTask;
            });
        }
    });
}
