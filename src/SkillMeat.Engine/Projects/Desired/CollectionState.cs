using SkillMeat.Additions;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Projects.Desired;

/// <summary>Compares a collection with the artifacts that a project file names.</summary>
internal sealed class CollectionState
{
    private readonly ProjectSite _site;
    private readonly Collection _collection;
    private readonly Uri _gitHubServer;
    private readonly SourceContext _context;
    private readonly Dictionary<ArtifactId, Artifact> _artifacts;

    /// <summary>Compares a collection.</summary>
    /// <param name="collection">The collection.</param>
    /// <param name="site">The project.</param>
    /// <param name="environment">Reads an environment variable.</param>
    public CollectionState(Collection collection, ProjectSite site, Func<string, string?> environment)
    {
        _site = site;
        _collection = collection;
        _gitHubServer = GitHubHosts.FromEnvironment(environment).Server;
        _context = new SourceContext(_gitHubServer, collection.Folder, HomeFolder.UserFolder(environment));
        _artifacts = collection.Artifacts.ToDictionary(artifact => artifact.Id);
    }

    /// <summary>Finds an artifact in the collection, or returns null.</summary>
    public TrackedArtifact? Find(ArtifactId id) => _artifacts.TryGetValue(id, out var artifact) ? TrackedArtifact.From(artifact, _context) : null;

    /// <summary>Computes the hash of the content in the collection; null if it cannot be read.</summary>
    public string? HashOf(TrackedArtifact known)
    {
        try
        {
            var path = Path.Combine(_collection.Folder, TreePath.Normalize(known.Artifact.Path).Replace('/', Path.DirectorySeparatorChar));
            return Path.Exists(path) ? ContentHash.Of(path) : null;
        }
        catch (SkillMeatException)
        {
            return null;
        }
    }

    /// <summary>Reads the source of an artifact, or returns null if it has none.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it cannot be used, or is a folder outside of the project.</exception>
    public SourceSpec? SourceOf(DesiredArtifact desired)
    {
        if (desired.Source is not { } text) return null;
        // By its text alone: looking at such a path can already contact a server.
        if (IsAbsolute(text)) throw Outside(text);
        // Relative to the project, and without a home folder for '~'.
        var source = SourceSpec.Parse(text, new SourceContext(_gitHubServer, _site.Folder, UserFolder: null), desired.Version);
        if (source.Repository.Folder is not { } folder) return desired.Version is null ? source : source with { Version = desired.Version };
        var full = Path.GetFullPath(Path.Combine(folder, source.Path));
        if (!PathEquality.IsIn(_site.Folder, full)) throw Outside(text);
        var existing = Path.GetDirectoryName(full);
        while (existing is not null && !Directory.Exists(existing)) existing = Path.GetDirectoryName(existing);
        var real = existing is null ? full : Path.Combine(LinkTarget.RealFolder(existing), Path.GetRelativePath(existing, full));
        // A file of a repository must not bring private files of the machine into a project.
        return PathEquality.IsIn(_site.Folder, real) && new FileInfo(full).LinkTarget is null
            ? source
            : throw Outside(text);
    }

    /// <summary>Checks that a source that is a folder is there, and brings nothing from outside of the project.</summary>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it is not there, or a link in it leads out of the project.</exception>
    public void CheckFolder(DesiredArtifact desired, SourceSpec source)
    {
        if (PathOf(source) is not { } path) return;
        if (!Path.Exists(path)) throw new SkillMeatException(ErrorIds.InvalidArgument, $"Its source '{desired.Source}' is not in the project '{_site.Folder}'. Check it out, or correct {DesiredFile.Name}.");
        if (LeavingLinks.Find(_site.Folder, path) is not { } link) return;
        throw new SkillMeatException(ErrorIds.InvalidArgument, $"Its source '{desired.Source}' has the link '{Path.GetRelativePath(_site.Folder, link)}', which leads out of the project or nowhere. Remove it, or add the artifact yourself, with 'skm add' or Add-SkmArtifact.");
    }

    /// <summary>Returns the addition of an artifact that the collection lacks.</summary>
    public ArtifactAddition AdditionOf(DesiredArtifact desired, SourceSpec source) => source.Repository.Kind == RepositoryKind.Folder
        ? new ArtifactAddition(desired.Source!) { Type = desired.Id.Type.Name, Name = desired.Id.Name, LinkBoundary = _site.Folder }
        : new ArtifactAddition(Write(source)) { Ref = source.Version, Type = desired.Id.Type.Name, Name = desired.Id.Name };

    /// <summary>Describes how the artifact in the collection differs from what the file names, so that it must not be deployed; null if it does not.</summary>
    public string? DescribeOther(DesiredArtifact desired, SourceSpec? source, TrackedArtifact known)
    {
        if (source is null) return null;
        if (known.Source is not { } own || !own.Place.Equals(source.Place))
        {
            // Another clone of the project has the folder elsewhere.
            if (HasContent(desired, source, known)) return null;
            if (PathOf(source) is not null && known.Source is { } other && PathOf(other) is { } place)
            {
                return $"The collection '{_collection.Name}' has {desired.Id} from '{place}', with other content than '{desired.Source}' here. Bring both to one content, or give one of them another name.";
            }

            return $"The collection '{_collection.Name}' has {desired.Id} from {(known.Source is null ? "this machine" : known.Source.Repository.Address)}, and {DesiredFile.Name} from '{desired.Source}'.";
        }

        return PresentArtifacts.Follows(known, source.Version)
            ? null
            : $"The collection '{_collection.Name}' follows '{known.Follows}', and {DesiredFile.Name} names '{RefSpec.Parse(source.Version)}'. Update it to that version, or export the project.";
    }

    /// <summary>Whether an entry names the source and the version of the artifact in the collection, or a folder in the project with its content.</summary>
    public bool MeansSame(DesiredArtifact desired, TrackedArtifact known)
    {
        try
        {
            if (SourceOf(desired) is not { } source) return false;
            return known.Source is { } own && own.Place.Equals(source.Place) ? known.Follows.NamesSame(RefSpec.Parse(source.Version)) : HasContent(desired, source, known);
        }
        catch (SkillMeatException)
        {
            return false;
        }
    }

    /// <summary>Describes that the collection has another commit of the wanted version; null if it does not.</summary>
    public static string? DescribeCommit(DesiredArtifact desired, string? commit) =>
        desired.Commit is { } wanted && commit is { } own && !RefSpec.Parse(own).NamesSame(RefSpec.Parse(wanted))
            ? $"The collection has commit {Short(own)}, and {DesiredFile.Name} names {Short(wanted)}."
            : null;

    /// <summary>Returns the entry for an artifact of the collection.</summary>
    /// <param name="known">The artifact.</param>
    /// <param name="warning">The reason that another machine cannot add it, or null.</param>
    public DesiredArtifact Describe(TrackedArtifact known, out string? warning)
    {
        var desired = new DesiredArtifact(known.Artifact.Id);
        warning = $"{known.Artifact.Id} has no upstream, so another machine needs it in its collection.";
        if (known.Source is not { } source) return desired;
        if (PathOf(source) is not { } full)
        {
            warning = null;
            return desired with
            {
                Source = Write(source with { Version = known.Follows.ToString() }),
                // Only a ref with slashes cannot be told from the path after it.
                Version = known.Follows.Name is { } name && name.Contains('/', StringComparison.Ordinal) ? name : null,
                Commit = known.Artifact.ResolvedSha,
            };
        }

        if (PathEquality.IsIn(_site.Folder, full))
        {
            warning = null;
            return desired with { Source = $"./{Path.GetRelativePath(_site.Folder, full).Replace(Path.DirectorySeparatorChar, '/')}" };
        }

        warning = $"{known.Artifact.Id} comes from a folder of this machine, so another machine needs it in its collection.";
        return desired;
    }

    // Whether the source is a folder in the project with the content that the collection has.
    private bool HasContent(DesiredArtifact desired, SourceSpec source, TrackedArtifact known)
    {
        if (PathOf(source) is not { } path) return false;
        CheckFolder(desired, source);
        return ContentHash.Of(path) == HashOf(known);
    }

    // The full path of a source that is a folder or file of this machine.
    private static string? PathOf(SourceSpec source) => source.Repository.Folder is { } folder ? Path.GetFullPath(Path.Combine(folder, source.Path)) : null;

    private static bool IsAbsolute(string text)
    {
        var trimmed = text.Trim();
        return trimmed.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            || (trimmed.Length > 0 && trimmed[0] is '/' or '\\' or '~')
            || (trimmed.Length > 1 && char.IsAsciiLetter(trimmed[0]) && trimmed[1] == ':');
    }

    private static SkillMeatException Outside(string text) =>
        new(ErrorIds.InvalidArgument, $"Its source '{text}' is a folder outside of the project, which a project file cannot name. Add it yourself, with 'skm add' or Add-SkmArtifact.");

    // With the host, whatever server is configured on the other machine.
    private static string Write(SourceSpec source) => SourceSpec.Write(source.Repository, source.Path, RefSpec.Parse(source.Version), new Uri("https://none.invalid")).TrimEnd('/');

    private static string Short(string commit) => VisibleText.Line(commit.Length > 8 ? commit[..8] : commit);
}
