using SkillMeat.Errors;
using SkillMeat.Upstream.ObjectIds;

namespace SkillMeat.Upstream.GitHub;

/// <summary>
/// Answers the question about one repository with as few lookups as possible, in one round for the default branch and two for named refs.
/// </summary>
/// <remarks>
/// <see cref="Conclude"/> derives the answer from the findings. Missing lookups are sent in the next round; none is sent twice.
/// <list type="bullet">
/// <item>The entries of a folder answer all artifacts in it, and show new ones. A path that is the only one in its folder is looked up itself.</item>
/// <item>The entries of the root come with the commit of the default branch or ref and cost no lookup. They answer paths at the root, and show
/// which of the usual containers exist. Only those are listed, in the second round.</item>
/// <item>On the default branch, folders are looked up at once, as <c>HEAD:path</c>. A named ref may be a tag, branch or commit, so the first
/// round determines its commit, and the second one its content, unless the commit is still the fetched one. In that case containers are not
/// listed either, as with git: content that was left out of a version when it was chosen is not new in it.</item>
/// <item>Folders below a container of single files are listed in further rounds, one for each level, if the commit is not the fetched one
/// and as far as <see cref="ContainerSearch"/> allows.</item>
/// <item>The id at the fetched commit never changes, so it comes from the cache, else from the folder at that commit. Only if that folder is
/// missing is the commit itself looked up.</item>
/// <item>A manifest file whose id alone is wanted was read before. It is only looked up, in a round of its own, if neither the commit nor the
/// folder of the artifact is the one of a cached id.</item>
/// </list>
/// </remarks>
internal sealed class GraphQlInquiry
{
    private readonly RepositoryQuestion _question;
    private readonly IObjectIdCache _ids;
    private readonly Dictionary<(RefSpec Follows, string Folder), int> _pathsIn;
    private readonly Dictionary<(string Commit, string Folder), int> _basesIn;
    private readonly HashSet<(RefSpec Follows, string Folder)> _containers;
    private readonly HashSet<RefSpec> _needRoot;
    private readonly HashSet<GraphQlLookup> _asked = [];
    private readonly HashSet<GraphQlLookup> _missing = [];

    public GraphQlInquiry(RepositoryQuestion question, IObjectIdCache ids)
    {
        _question = question;
        _ids = ids;
        _pathsIn = Count(question.Paths.Select(p => (p.Follows, p.Path)));
        _basesIn = Count(question.Paths.Where(p => p.BaseCommit is not null && FindKnown(p.BaseCommit, p.Path) is null).Select(p => (p.BaseCommit!, p.Path)));
        _containers = question.Containers.Select(c => (c.Follows, c.Path)).ToHashSet();
        _needRoot = question.Paths.Where(p => !IsBelowRoot(p.Path)).Select(p => p.Follows)
            .Concat(question.Containers.Where(c => !IsBelowRoot(c.Path)).Select(c => c.Follows))
            .ToHashSet();
        // Collects the lookups of the first round.
        Conclude();
    }

    public RepositoryQuestion Question => _question;

    public RepositoryAddress Repository => _question.Repository;

    public GraphQlFindings Findings { get; } = new();

    /// <summary>The share of the next round.</summary>
    public GraphQlShare NextShare => new(
        Repository, Findings.Header is null ? new GraphQlHeader(_needRoot.Contains(RefSpec.Latest), _question.WithFacts) : null, _missing.ToList());

    /// <summary>Returns the answer, or null if lookups are missing.</summary>
    public RepositoryAnswer? Conclude()
    {
        if (Findings.Error is { } error)
        {
            return new RepositoryAnswer { Question = _question, Error = error };
        }

        _missing.Clear();
        UpstreamException? containersError = null;
        var paths = _question.Paths.Select(path => Alone(() => Answer(path), e => new PathAnswer { Error = e })).ToList();
        var containers = _question.Containers.Select(c => Alone(() => List(c), e =>
        {
            containersError ??= e;
            return null;
        })).OfType<ContainerAnswer>().ToList();
        var search = new ContainerSearch(_question, ListBelow) { MaySearch = (container, _) => HasMoved(container.Question.Follows, container.Commit) };
        // Each round adds a level. The limits apply to all rounds, because each one searches from the start.
        var (searched, searchError) = search.Run(containers, CancellationToken.None);
        var files = _question.Files.Select(file => (Question: file, Reading: Alone(() => Read(file), _ => null))).Where(one => one.Reading is not null).Select(one => (one.Question, one.Reading!)).ToList();
        if (_missing.Count > 0 || Findings.Header is not { } header)
        {
            _asked.UnionWith(_missing);
            return null;
        }

        return new RepositoryAnswer
        {
            Question = _question,
            Paths = paths,
            Containers = searched,
            ContainersError = containersError ?? searchError,
            Files = files,
            Facts = header.Facts,
            RenamedTo = header.RenamedTo,
        };
    }

    /// <summary>Releases what was found, after the answer has been derived from it.</summary>
    public void Forget()
    {
        Findings.Forget();
        _asked.Clear();
    }

    private static Dictionary<(T, string Folder), int> Count<T>(IEnumerable<(T At, string Path)> paths) =>
        paths.Distinct().Where(p => p.Path.Length > 0).GroupBy(p => (p.At, ParentOf(p.Path))).ToDictionary(g => g.Key, g => g.Count());

    private static T Alone<T>(Func<T> answer, Func<UpstreamException, T> fail)
    {
        try
        {
            return answer();
        }
        catch (UpstreamException e)
        {
            return fail(e);
        }
    }

    private static bool IsBelowRoot(string path) => path.Contains('/', StringComparison.Ordinal);

    private static string ParentOf(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    /// <summary>Returns the result of a lookup, or null if it still has to be sent.</summary>
    private GraphQlFound? Need(GraphQlLookup lookup)
    {
        if (Findings.Find(lookup) is { } found)
        {
            return found.Error is { } error ? throw error : found;
        }

        if (_asked.Contains(lookup))
        {
            throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{Repository}: GitHub did not answer about '{lookup.Expression}'. Try again later.");
        }

        _missing.Add(lookup);
        return null;
    }

    /// <summary>Returns the target of a ref. For the default branch, null also means that it is not known yet.</summary>
    private GraphQlTarget? Resolve(RefSpec follows)
    {
        if (follows.IsLatest)
        {
            return Findings.Header is not { } header ? null : header.HeadError is { } error ? throw error : new GraphQlTarget(header.Head, IsTag: false);
        }

        var withRoot = _needRoot.Contains(follows);
        var tag = Need(new GraphQlLookup(GraphQlLookupKind.Tag, follows.Name!, withRoot));
        var branch = Need(new GraphQlLookup(GraphQlLookupKind.Branch, follows.Name!, withRoot));
        var commit = follows.MayBeCommit ? Need(new GraphQlLookup(GraphQlLookupKind.Commit, follows.Name!, withRoot)) : branch;
        return tag is null || branch is null || commit is null
            ? null
            : new GraphQlTarget(tag.Object ?? branch.Object ?? (commit.Object is { IsCommit: true } ? commit.Object : null), IsTag: tag.Object is not null);
    }

    /// <summary>Returns what was read, or null if nothing was yet, or GitHub truncated the text.</summary>
    private FileReading? Read(FileQuestion file)
    {
        var (path, found) = (file.Paths[0], Need(GraphQlFileInquiry.LookupOf(file, file.Paths[0])));
        return found is null ? null : found.Object is not { IsFile: true } blob ? FileReading.Missing : blob.Text is null ? null : new FileReading(new FileAnswer(path, blob.Id, blob.Text), Error: null);
    }

    private PathAnswer Answer(PathQuestion path)
    {
        var target = Resolve(path.Follows);
        if (target is null ? !path.Follows.IsLatest : target.Commit is null)
        {
            return new PathAnswer();
        }

        if (!path.Follows.IsLatest && target!.Commit == path.BaseCommit && path.Manifest == ManifestDetail.None)
        {
            return new PathAnswer { Commit = target.Commit, Tag = target.IsTag ? path.Follows.Name : null, Exists = true, Changed = false };
        }

        var (commit, found) = FindFollowed(path, target);
        var (isBaseKnown, before) = path.BaseCommit is null ? (false, null) : FindBase(path);
        var manifest = path.Manifest == ManifestDetail.None ? null : FindManifest(path, target, found);
        Remember(commit, path.Path, found);
        Remember(path.BaseCommit, path.Path, before);
        return new PathAnswer
        {
            Commit = commit,
            Tag = target is { IsTag: true } ? path.Follows.Name : null,
            Exists = found is not null,
            IsFolder = found is { IsFolder: true },
            ObjectId = found?.Id,
            BaseObjectId = before?.Id,
            // Nothing there, then and now, is no change, if the commit still exists.
            Changed = !isBaseKnown ? null : before is not null || commit == path.BaseCommit ? found?.Id != before?.Id : HasCommit(path.BaseCommit!) ? found is not null : null,
            Manifest = manifest,
        };
    }

    /// <summary>Whether a commit still exists, although no object was found in its folders.</summary>
    private bool HasCommit(string commit) => Need(new GraphQlLookup(GraphQlLookupKind.Commit, commit))?.Object is not null;

    /// <summary>Returns the object at the path at the followed ref, and the commit at which it was found.</summary>
    private (string? Commit, KnownObject? Found) FindFollowed(PathQuestion path, GraphQlTarget? target)
    {
        if (!IsBelowRoot(path.Path))
        {
            return (target?.Commit, target is null ? null : FindAtRoot(target.Root, path.Path));
        }

        var key = (path.Follows, Folder: ParentOf(path.Path));
        var commit = path.Follows.IsLatest ? null : target!.Commit;
        var inFolder = _containers.Contains(key);
        if (commit is not null && !inFolder && FindKnown(commit, path.Path) is { } known)
        {
            return (commit, known);
        }

        var (_, found, seenAt) = Look(commit, path.Path, inFolder || _pathsIn[key] > 1);
        return (commit ?? seenAt ?? target?.Commit, found);
    }

    private (bool IsKnown, KnownObject? Found) FindBase(PathQuestion path)
    {
        var commit = path.BaseCommit!;
        if (FindKnown(commit, path.Path) is { } known)
        {
            return (true, known);
        }

        if (IsBelowRoot(path.Path))
        {
            var (isKnown, found, _) = Look(commit, path.Path, _basesIn.GetValueOrDefault((commit, ParentOf(path.Path))) > 1);
            return (isKnown, found);
        }

        var asked = Need(new GraphQlLookup(GraphQlLookupKind.Commit, commit, WithRoot: true));
        return (asked is not null, asked?.Object is { IsCommit: true } there ? FindAtRoot(there.Folder, path.Path) : null);
    }

    private (bool IsKnown, KnownObject? Found, string? Head) Look(string? commit, string path, bool inFolder)
    {
        var asked = Need(GraphQlLookup.At(inFolder ? GraphQlLookupKind.Folder : GraphQlLookupKind.Object, commit, inFolder ? ParentOf(path) : path));
        KnownObject? found = inFolder
            ? asked?.Object?.Folder is { } folder ? FindIn(folder, NameOf(path)) : null
            : asked?.Object is { IsCommit: false } one ? new KnownObject(one.Id, one.IsFolder) : null;
        return (asked is not null, found, asked?.Head);
    }

    /// <summary>Returns the file that describes an artifact; null if there is none, or as long as it is not known.</summary>
    private FileAnswer? FindManifest(PathQuestion path, GraphQlTarget? target, KnownObject? found)
    {
        // Whether its id is cached can only be told when the commit of the default branch is known.
        if (path.Manifest == ManifestDetail.Id && target is null) return null;
        foreach (var manifest in path.ManifestPaths())
        {
            if (path.Manifest == ManifestDetail.Id && manifest == path.Path)
            {
                // The artifact consists of this file.
                return found is { IsFolder: false } file ? new FileAnswer(manifest, file.Id, Text: null) : null;
            }

            if (path.Manifest == ManifestDetail.Id && FindKnownManifest(path, target!.Commit!, found, manifest, out var known))
            {
                if (known is { IsFolder: false } cached) return new FileAnswer(manifest, cached.Id, Text: null);
                continue;
            }

            var kind = path.Manifest == ManifestDetail.Text ? GraphQlLookupKind.Text : GraphQlLookupKind.Object;
            var asked = Need(GraphQlLookup.At(kind, path.Follows.IsLatest && path.Manifest == ManifestDetail.Text ? null : target!.Commit, manifest));
            if (asked?.Object is { IsFile: true } blob)
            {
                Remember(asked.Head ?? target?.Commit, manifest, new KnownObject(blob.Id, IsFolder: false));
                return new FileAnswer(manifest, blob.Id, blob.Text);
            }
        }

        return null;
    }

    /// <summary>Finds the cached id of a manifest file: at the commit, or at another one at which the folder of the artifact is the same.</summary>
    private bool FindKnownManifest(PathQuestion path, string commit, KnownObject? found, string manifest, out KnownObject? known)
    {
        if (_ids.TryFind(Repository, commit, manifest, out known)) return true;
        if (found is not { IsFolder: true } folder) return false;
        foreach (var other in _ids.CommitsOf(Repository, path.Path, folder))
        {
            if (!_ids.TryFind(Repository, other, manifest, out known)) continue;
            if (known is { } same) Remember(commit, manifest, same);
            return true;
        }

        return false;
    }

    /// <summary>Lists a container; returns null if it does not exist or cannot contain new artifacts.</summary>
    private ContainerAnswer? List(ContainerQuestion container)
    {
        var target = Resolve(container.Follows);
        var isFollowed = _pathsIn.ContainsKey((container.Follows, container.Path));
        if (target is null && (!container.Follows.IsLatest || !isFollowed))
        {
            // If a container at the root exists, it is among the entries of the root.
            return null;
        }

        if (target is { Commit: null } || (!container.Follows.IsLatest && !HasMoved(container.Follows, target!.Commit!)))
        {
            return null;
        }

        if (target is not null && !isFollowed && !IsBelowRoot(container.Path) && FindAtRoot(target.Root, container.Path) is not { IsFolder: true })
        {
            return null;
        }

        var listed = Need(GraphQlLookup.At(GraphQlLookupKind.Folder, container.Follows.IsLatest && isFollowed ? null : target!.Commit, container.Path));
        if (listed?.Object?.Folder is not { } folder) return null;
        var commit = listed.Head ?? target!.Commit!;
        return new ContainerAnswer(container, commit, [.. ItemsOf(container.Path, folder)]);
    }

    /// <summary>Lists a folder below a container; returns null if it does not exist or has not been looked up.</summary>
    private List<TreeItem>? ListBelow(ContainerAnswer container, TreeItem folder) =>
        Need(GraphQlLookup.At(GraphQlLookupKind.Folder, container.Commit, folder.Path))?.Object?.Folder is { } found ? [.. ItemsOf(folder.Path, found)] : null;

    private static IEnumerable<TreeItem> ItemsOf(string path, GraphQlFolder folder) => folder.Items.Select(item => item with { Path = $"{path}/{item.Path}" });

    private bool HasMoved(RefSpec follows, string commit) =>
        !_question.Paths.Any(p => p.Follows == follows) || _question.Paths.Any(p => p.Follows == follows && p.BaseCommit != commit);

    private KnownObject? FindAtRoot(GraphQlFolder? root, string path)
    {
        if (root is null)
        {
            throw new UpstreamException(ErrorIds.UpstreamUnavailable, $"{Repository}: GitHub did not list the repository's root. Try again later.");
        }

        return path.Length == 0 ? new KnownObject(root.Id, IsFolder: true) : FindIn(root, path);
    }

    private static KnownObject? FindIn(GraphQlFolder folder, string name) => folder.Find(name) is { } item ? new KnownObject(item.ObjectId, item.IsFolder) : null;

    private KnownObject? FindKnown(string commit, string path) => _ids.Find(Repository, commit, path);

    private void Remember(string? commit, string path, KnownObject? found)
    {
        if (commit is not null && found is { } known)
        {
            _ids.Add(Repository, commit, path, known);
        }
    }
}
