using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Browsing;

/// <summary>Selects the artifacts of collections that come from repositories or folders, or from a path in one.</summary>
/// <remarks>Thread-safe. Nothing is requested.</remarks>
public sealed class SourceFilter
{
    private readonly IReadOnlyList<string> _sources;
    private readonly string _baseFolder;
    private readonly Func<string, string?> _environment;

    /// <summary>Creates a filter.</summary>
    /// <param name="sources">The sources: <c>owner/repo[/path][@version]</c>, an address, a folder, or a pattern of <c>owner/repo/path</c> with <c>*</c> and <c>?</c>.</param>
    /// <param name="baseFolder">The full path that relative folders are relative to.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: a source cannot be used.</exception>
    public SourceFilter(IReadOnlyList<string> sources, string baseFolder, Func<string, string?> environment)
    {
        (_sources, _baseFolder, _environment) = (sources, baseFolder, environment);
        var context = ContextFor(baseFolder);
        foreach (var source in sources.Where(source => !IsPattern(source))) SourceSpec.Parse(source, context);
    }

    /// <summary>Whether a text can only be a source, because no artifact has such a name.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True if it contains a slash, or is a folder's short name such as <c>.</c> or <c>~</c>.</returns>
    public static bool IsSource(string text) => text.AsSpan().IndexOfAny('/', '\\') >= 0 || text is "." or ".." or "~";

    /// <summary>Finds the artifacts of a collection that come from a source.</summary>
    /// <param name="collection">The collection.</param>
    /// <returns>Their ids.</returns>
    public IReadOnlyList<ArtifactId> Find(Collection collection) => [.. _sources.SelectMany(source => Find(source, collection)).Distinct()];

    /// <summary>Finds the sources from which none of some collections has an artifact.</summary>
    /// <param name="collections">The collections.</param>
    /// <returns>An error for each, <see cref="ErrorIds.ArtifactNotFound"/>, with the repository that was probably meant.</returns>
    public IReadOnlyList<SkillMeatException> FindUnknown(IReadOnlyList<Collection> collections) =>
        [.. _sources.Where(source => !collections.Any(collection => Find(source, collection).Count > 0)).Select(source => Describe(source, collections))];

    /// <summary>Lists the repositories and folders that the artifacts of a collection come from.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="environment">Reads an environment variable.</param>
    /// <returns>Their names, as a filter takes them, each once.</returns>
    public static IReadOnlyList<string> List(Collection collection, Func<string, string?> environment) =>
        new SourceFilter([], collection.Folder, environment).List(collection);

    private IReadOnlyList<string> List(Collection collection) => [.. Tracked(collection).Select(one => NameOf(one.Source!.Repository)).Distinct(StringComparer.Ordinal)];

    // The short form, where it is enough.
    private string NameOf(RepositoryAddress repository) =>
        repository.Kind == RepositoryKind.GitHub && repository.Url!.Authority == GitHubHosts.FromEnvironment(_environment).Server.Authority ? $"{repository.Owner}/{repository.Name}" : repository.Address;

    private List<ArtifactId> Find(string source, Collection collection)
    {
        var fits = IsPattern(source) ? FitsPattern(source) : FitsAny(SourceSpec.ParseAll(source, ContextFor(_baseFolder)));
        return Tracked(collection).Where(fits).Select(one => one.Artifact.Id).ToList();
    }

    private IEnumerable<TrackedArtifact> Tracked(Collection collection)
    {
        var context = ContextFor(collection.Folder);
        return collection.Artifacts.Select(artifact => TrackedArtifact.From(artifact, context).Unbounded).Where(one => one.Source is not null);
    }

    private Func<TrackedArtifact, bool> FitsPattern(string source)
    {
        var pattern = NamePattern.Simple(source.TrimEnd('/'));
        return one => NameOf(one.Source!.Repository) is var name && (pattern.Fits(name) || pattern.Fits($"{name}/{one.Source.Path}"));
    }

    private static Func<TrackedArtifact, bool> FitsAny(IReadOnlyList<SourceSpec> readings) => one => readings.Any(wanted => IsIn(wanted, one));

    private static bool IsIn(SourceSpec wanted, TrackedArtifact one)
    {
        if (wanted.Repository.Folder is { } folder) return one.Source!.Repository.Folder is { } other && IsBelow(Path.Combine(other, one.Source.Path), Path.Combine(folder, wanted.Path), Path.DirectorySeparatorChar);
        return wanted.Repository.Equals(one.Source!.Repository) && (wanted.Path.Length == 0 || IsBelow(one.Source.Path, wanted.Path, '/'))
            && (wanted.Version is null || RefSpec.Parse(wanted.Version) is var follows && (follows.Equals(one.Follows) || (follows.MayBeCommit && one.BaseCommit?.StartsWith(follows.Name!, StringComparison.OrdinalIgnoreCase) == true)));
    }

    private static bool IsBelow(string path, string above, char separator)
    {
        var (full, folder) = separator == '/' ? (path, above) : (Path.GetFullPath(path), Path.GetFullPath(above));
        return full == folder || full.StartsWith(folder.TrimEnd(separator) + separator, StringComparison.Ordinal);
    }

    private SkillMeatException Describe(string source, IReadOnlyList<Collection> collections)
    {
        var names = collections.SelectMany(Tracked).Select(one => NameOf(one.Source!.Repository)).Distinct(StringComparer.Ordinal);
        var nearest = NearestName.Find(source, names) is { } name ? $" Did you mean '{name}'?" : "";
        var where = collections is [var only] ? $"Collection '{only.Name}' has no artifact" : "No collection has an artifact";
        return new SkillMeatException(ErrorIds.ArtifactNotFound, $"{where} from '{AddressText.WithoutCredentials(source)}'.{nearest}");
    }

    private SourceContext ContextFor(string folder) => new(GitHubHosts.FromEnvironment(_environment).Server, folder, HomeFolder.UserFolder(_environment));

    private static bool IsPattern(string source) => source.AsSpan().IndexOfAny('*', '?') >= 0 && !source.Contains("://", StringComparison.Ordinal);
}
