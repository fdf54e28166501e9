using SkillMeat.Errors;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage.Archives;
using SkillMeat.Upstream.Git;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Contents;

/// <summary>Builds the tree of a wanted path, in which links are replaced by the files and folders that they lead to in the repository. Not thread-safe.</summary>
/// <param name="repository">The repository, for messages.</param>
/// <param name="listings">The listings by path: those that were wanted, and those of the targets of links.</param>
/// <param name="targetOf">Returns the target of a link.</param>
/// <param name="toNode">Returns the node of a file.</param>
/// <param name="storedAt">Returns the content of a wanted path that was in the store, or null.</param>
/// <param name="store">The store.</param>
/// <param name="mostFiles">The largest number of files.</param>
/// <param name="cancellationToken">Stops the work.</param>
internal sealed class LinkedFiles(
    RepositoryAddress repository, IReadOnlyDictionary<string, GitListing> listings, Func<GitOid, string> targetOf, Func<GitFile, ContentNode> toNode, Func<string, TreeEntry?> storedAt, ObjectStore store,
    int mostFiles, CancellationToken cancellationToken)
{
    private readonly OmittedLinks _omitted = new();
    private readonly HashSet<string> _outside = new(StringComparer.Ordinal);
    private int _files;

    /// <summary>The parts that were left out, one sentence each.</summary>
    public IReadOnlyList<string> Warnings => _omitted.Warnings;

    /// <summary>The paths outside of the wanted one that its content comes from, or would come from if they existed.</summary>
    public IReadOnlyList<string> Outside => [.. _outside.Where(path => !FoldersOf(path).Any(_outside.Contains)).Order(StringComparer.Ordinal)];

    /// <summary>Called with each file and the path of it in the repository.</summary>
    public Action<GitFile, string> Added { get; init; } = (_, _) => { };

    /// <summary>Builds the tree.</summary>
    /// <exception cref="SkillMeatException">Links expand to more files than any artifact has.</exception>
    public ContentTree Build(GitListing listing)
    {
        var tree = new ContentTree(listing.Path);
        Add(tree, [], listing, [listing.Path]);
        return tree;
    }

    private void Add(ContentTree tree, string[] at, GitListing listing, IReadOnlyList<string> chain)
    {
        foreach (var submodule in listing.Submodules) _omitted.Add($"'{submodule}' of {repository} is a submodule and was left out.");
        foreach (var file in listing.Files)
        {
            var place = listing.PlaceOf(file);
            string[] below = [.. at, .. file.Below];
            if (ArchiveMemberCheck.NameProblem(below) is { } problem) tree.Refuse(string.Join('/', below), problem);
            Count(tree);
            if (file.IsLink)
            {
                Follow(tree, below, place, listing, file, chain);
                continue;
            }

            tree.Add(below, toNode(file));
            Added(file, place);
        }
    }

    private void Follow(ContentTree tree, string[] below, string place, GitListing listing, GitFile link, IReadOnlyList<string> chain)
    {
        var target = targetOf(link.Id);
        var next = LinkPath.Resolve(place, target, listing.Rest);
        if (next is null)
        {
            LeaveOut("outside of the repository");
            return;
        }

        // A folder that contains the link would contain itself.
        if (chain.Count > LinkPath.MostLinks || chain.Contains(next) || LinkPath.IsIn(place, next))
        {
            LeaveOut("a folder that contains it");
            return;
        }

        var found = listings.GetValueOrDefault(next);
        if (storedAt(next) is { } stored) AddStored(tree, below, stored);
        else if (found is { Files.Count: > 0 }) Add(tree, below, found, [.. chain, next]);
        else LeaveOut("not in the repository");

        // A path that does not exist may come, but a submodule stays one.
        if (found is { Files.Count: 0, Submodules.Count: > 0 }) return;
        if (!LinkPath.IsIn(next, tree.Path)) _outside.Add(next);
        if (!LinkPath.IsIn(place, tree.Path)) _outside.Add(place);

        void LeaveOut(string where)
        {
            var said = $"'{place}' of {repository} is a link to '{ContentTree.Readable(target)}', which is {where}";
            if (below.Length == 0) tree.Refuse(new SkillMeatException(ErrorIds.ArtifactInvalid, said + "."));
            else _omitted.Add(said + ", and was left out.");
        }
    }

    private void AddStored(ContentTree tree, string[] below, TreeEntry stored)
    {
        Count(tree);
        if (stored.Kind != TreeEntryKind.Folder) tree.Add(below, ContentNode.File(stored.Id, stored.Size, stored.Kind == TreeEntryKind.Executable));
        else foreach (var entry in store.ReadTree(stored.Id)) AddStored(tree, [.. below, entry.Name], entry);
    }

    private void Count(ContentTree tree)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (++_files > mostFiles) throw UpstreamLimits.Exceeded($"'{tree.Path}' of {repository}", $"{mostFiles} files, with those that its links lead to", "archive-members");
    }

    private static IEnumerable<string> FoldersOf(string path)
    {
        for (var end = path.LastIndexOf('/'); end >= 0; end = path.LastIndexOf('/', end - 1))
        {
            yield return path[..end];
            if (end == 0) yield break;
        }
    }
}
