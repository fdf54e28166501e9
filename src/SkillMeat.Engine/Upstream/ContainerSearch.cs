using SkillMeat.Errors;

namespace SkillMeat.Upstream;

/// <summary>
/// Searches the folders below the containers of one repository, level by level, with limits for all containers together: a few small trees that contain each other repeatedly can expand to billions of
/// folders, and the folder around a container on this machine can be a user's home. Beyond the limits, the containers have only their own entries.
/// </summary>
/// <param name="question">The question about the repository. A folder that it names as a container is listed by itself.</param>
/// <param name="list">Lists a folder; null if it does not exist, or is not known yet. An error of one folder does not affect the others.</param>
internal sealed class ContainerSearch(RepositoryQuestion question, Func<ContainerAnswer, TreeItem, IReadOnlyList<TreeItem>?> list)
{
    /// <summary>The maximum number of folders below the containers of a repository.</summary>
    public const int MostFolders = 200;

    /// <summary>The maximum number of entries in these folders.</summary>
    public const int MostEntries = 5_000;

    private readonly HashSet<(RefSpec Follows, string Path)> _listed = question.Containers.Select(c => (c.Follows, c.Path)).ToHashSet();

    /// <summary>Whether a folder may be searched. By default, all are that can group artifacts.</summary>
    public Func<ContainerAnswer, TreeItem, bool> MaySearch { get; init; } = (_, _) => true;

    /// <summary>Adds the entries of the folders below containers to those of the containers.</summary>
    /// <param name="containers">The containers with their own entries.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The containers, and the first error, if a folder could not be listed or a limit is exceeded.</returns>
    public (IReadOnlyList<ContainerAnswer> Containers, UpstreamException? Error) Run(IReadOnlyList<ContainerAnswer> containers, CancellationToken cancellationToken)
    {
        UpstreamException? error = null;
        var found = containers.Select(container => (Container: container, Below: new List<TreeItem>())).ToList();
        var (folders, entries) = (0, 0);
        var level = found.SelectMany(one => FindGroups(one.Container, one.Below, one.Container.Entries)).Take(MostFolders + 1).ToList();
        while (level.Count > 0)
        {
            // Counted before any of them is listed, because listing can take a query each.
            folders += level.Count;
            if (folders > MostFolders) return (containers, Exceeded($"{MostFolders} folders"));
            var next = new List<(ContainerAnswer Container, List<TreeItem> Below, TreeItem Folder)>();
            foreach (var (container, below, folder) in level)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var listed = TryList(container, folder, ref error);
                entries += listed.Count;
                if (entries > MostEntries) return (containers, Exceeded($"{MostEntries} files and folders"));
                if (!ContainerQuestion.IsGroup(listed)) continue;
                below.AddRange(listed);
                next.AddRange(FindGroups(container, below, listed));
            }

            level = next;
        }

        return (found.ConvertAll(one => one.Below.Count == 0 ? one.Container : one.Container with { Entries = [.. one.Container.Entries, .. one.Below] }), error);
    }

    private IReadOnlyList<TreeItem> TryList(ContainerAnswer container, TreeItem folder, ref UpstreamException? error)
    {
        try
        {
            return list(container, folder) ?? [];
        }
        catch (UpstreamException e)
        {
            error ??= e;
            return [];
        }
    }

    private IEnumerable<(ContainerAnswer Container, List<TreeItem> Below, TreeItem Folder)> FindGroups(ContainerAnswer container, List<TreeItem> below, IEnumerable<TreeItem> entries) => entries
        .Where(entry => entry is { IsFolder: true, IsLink: false } && container.Question.MayGroup(entry.Path) && !_listed.Contains((container.Question.Follows, entry.Path)) && MaySearch(container, entry))
        .Select(entry => (container, below, entry));

    private UpstreamException Exceeded(string limit) => new(
        ErrorIds.UpstreamUnavailable, $"{question.Repository} has more than {limit} below its folders of commands and agents. New ones are only searched for directly in these, and beside those in the collection.");
}
