using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Projects.Registry;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Resolves the values of a <c>-Project</c> parameter to paths of folders: paths, names of registered projects, or patterns of the latter. An unknown one is reported. Not thread-safe.</summary>
/// <param name="store">The home.</param>
/// <param name="pipeline">The queue for errors.</param>
/// <param name="resolvePath">Returns the full path of a path in PowerShell. Called on the pipeline thread.</param>
internal sealed class ProjectPaths(CollectionStore store, PipelineQueue pipeline, Func<string, string> resolvePath)
{
    private readonly ProjectRegistry _registry = new(store);
    private readonly Dictionary<string, IReadOnlyList<string>> _resolved = new(StringComparer.Ordinal);
    private readonly HashSet<string> _missing = new(StringComparer.Ordinal);
    private IReadOnlyList<Project>? _registered;

    /// <summary>The paths of all registered projects.</summary>
    public IEnumerable<string> Registered => (_registered ??= _registry.List()).Select(project => project.Path);

    /// <summary>Resolves values, each once.</summary>
    public async Task<IReadOnlyList<string>> ResolveAsync(IEnumerable<string> values)
    {
        var paths = new List<string>();
        foreach (var value in values) paths.AddRange(_resolved.TryGetValue(value, out var known) ? known : _resolved[value] = await ResolveAsync(value));
        return [.. paths.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Resolves values to projects whose folders exist. A missing one is reported once.</summary>
    public async Task<IReadOnlyList<string>> ResolveExistingAsync(IEnumerable<string> values)
    {
        var paths = await ResolveAsync(values);
        foreach (var missing in paths.Where(path => !Path.Exists(path) && _missing.Add(path)))
        {
            pipeline.Error(ErrorRecords.Of(ProjectRegistry.Missing(missing), missing));
        }

        return [.. paths.Where(Path.Exists)];
    }

    private static bool IsPath(string value) => value.AsSpan().IndexOfAny('/', '\\') >= 0 || value.StartsWith('~') || value.StartsWith('.');

    private async Task<IReadOnlyList<string>> ResolveAsync(string value)
    {
        // The path of a project is no pattern, even with brackets, because objects from the pipeline are not escaped.
        var full = await pipeline.AskAsync(() => resolvePath(value));
        if (Path.Exists(full)) return [full];
        var registered = _registered ??= _registry.List();
        if (registered.Any(project => project.Path == full)) return [full];
        try
        {
            // Nothing is there, and no project is registered there; the error says so.
            if (!Wildcards.IsPattern(value)) return [IsPath(value) ? _registry.Get(full).Path : _registry.FindPath(value)];
            var (pattern, ofPath) = (Wildcards.Of(value), IsPath(value) ? Wildcards.Of(full) : null);
            return [.. registered.Where(project => ofPath is null ? pattern.IsMatch(project.Name) : ofPath.IsMatch(project.Path)).Select(project => project.Path)];
        }
        catch (SkillMeatException e)
        {
            pipeline.Error(ErrorRecords.Of(e, value));
            return [];
        }
    }
}
