using SkillMeat.Collections;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Reads the values of a <c>-Project</c> parameter that selects from the projects that the home knows.</summary>
internal static class KnownProjects
{
    /// <summary>Reads the values. Unknown ones are reported.</summary>
    /// <param name="store">The home.</param>
    /// <param name="pipeline">The queue for errors.</param>
    /// <param name="values">The values.</param>
    /// <param name="resolvePath">Returns the full path of a path in PowerShell. Called on the pipeline thread.</param>
    /// <returns>The paths of the projects; empty for all. Null if values were given, and no project has them.</returns>
    public static async Task<IReadOnlyList<NamePattern>?> ReadAsync(CollectionStore store, PipelineQueue pipeline, IReadOnlyList<string> values, Func<string, string> resolvePath)
    {
        if (values.Count == 0) return [];
        var paths = await new ProjectPaths(store, pipeline, resolvePath).ResolveAsync(values);
        return paths.Count == 0 ? null : [.. paths.Select(path => new NamePattern(path, IsLiteral: true, name => name == path))];
    }
}
