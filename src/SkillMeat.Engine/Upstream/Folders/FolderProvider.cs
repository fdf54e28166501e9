using System.Security.Cryptography;
using System.Text;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;
using SkillMeat.Upstream.Contents;
using SkillMeat.Upstream.FrontMatters;

namespace SkillMeat.Upstream.Folders;

/// <summary>
/// Queries folders on this machine. Folders have no commits, so the hash of the current content is compared with that of the fetched content.
/// </summary>
internal sealed class FolderProvider : IUpstreamProvider
{
    private const int LongestText = 1024 * 1024;

    public Task AskAsync(IReadOnlyList<RepositoryQuestion> questions, Action<RepositoryAnswer> answered, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            foreach (var question in questions) answered(Ask(question, cancellationToken));
        },
        cancellationToken);

    public Task<IReadOnlyList<TreeAnswer>> ListAsync(IReadOnlyList<TreeQuestion> questions, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<TreeAnswer>>(() => questions.Select(q => List(q, cancellationToken)).ToList(), cancellationToken);

    public Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken) =>
        Task.Run<IReadOnlyList<FileReading>>(() => questions.Select(question => Read(question, cancellationToken)).ToList(), cancellationToken);

    private static RepositoryAnswer Ask(RepositoryQuestion question, CancellationToken cancellationToken)
    {
        var root = question.Repository.Folder!;
        if (!Path.Exists(root))
        {
            return new RepositoryAnswer
            {
                Question = question,
                Error = new UpstreamException(ErrorIds.UpstreamNotFound, $"{root}: the folder does not exist. Is a drive or share missing?"),
            };
        }

        var paths = new List<PathAnswer>(question.Paths.Count);
        foreach (var path in question.Paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            paths.Add(Guard(root, () => AskPath(root, question.Repository.Within, path, cancellationToken), error => new PathAnswer { Error = error }));
        }

        var (containers, problem) = ListContainers(root, question, cancellationToken);
        return new RepositoryAnswer { Question = question, Paths = paths, Containers = containers, ContainersError = problem };
    }

    private static PathAnswer AskPath(string root, string? within, PathQuestion question, CancellationToken cancellationToken)
    {
        var path = Path.Combine(root, question.Path);
        if (!Path.Exists(path))
        {
            // The fetched hash takes the place of a tree id: a folder with the same hash is the artifact that was here.
            return new PathAnswer { Commit = "", BaseObjectId = question.BaseContentHash };
        }

        var hash = question.NeedsContentHash || question.BaseContentHash is not null ? FolderHash.Of(root, within, question.Path, cancellationToken, question.Type.IsSettingsFile(question.Path)) : "";
        return new PathAnswer
        {
            Commit = hash,
            Exists = true,
            IsFolder = Directory.Exists(path),
            BaseObjectId = question.BaseContentHash,
            Changed = question.BaseContentHash is null ? null : hash != question.BaseContentHash,
            Manifest = question.Manifest == ManifestDetail.None
                ? null
                : question.ManifestPaths().Select(p => ReadFile(root, within, p)).FirstOrDefault(f => f is not null),
        };
    }

    /// <summary>Lists the containers that exist, and returns the first error.</summary>
    private static (IReadOnlyList<ContainerAnswer> Found, UpstreamException? Problem) ListContainers(string root, RepositoryQuestion question, CancellationToken cancellationToken)
    {
        UpstreamException? problem = null;
        var found = question.Containers
            .Where(c => Directory.Exists(Path.Combine(root, c.Path)))
            .Select(c => Guard<ContainerAnswer?>(root, () => new ContainerAnswer(c, "", ListFolder(root, c.Path)), e =>
            {
                problem ??= e;
                return null;
            }))
            .OfType<ContainerAnswer>()
            .ToList();
        var search = new ContainerSearch(question, (_, folder) => Guard(root, () => ListBelow(root, folder), e => throw e))
        {
            // Hidden folders are those of tools, such as '.venv'.
            MaySearch = (_, folder) => !folder.Name.StartsWith('.') && !IgnoredNames.IsMade(folder.Name),
        };
        // Beside the artifact may be anything of the user's, so what is too much to search there is no error of a check.
        return (search.Run(found, cancellationToken).Containers, problem);
    }

    private static List<TreeItem>? ListBelow(string root, TreeItem folder) =>
        new DirectoryInfo(Path.Combine(root, folder.Path)).Attributes.HasFlag(FileAttributes.Hidden) ? null : ListFolder(root, folder.Path);

    private static List<TreeItem> ListFolder(string root, string path) => new DirectoryInfo(Path.Combine(root, path)).EnumerateFileSystemInfos()
        .OrderBy(e => e.Name, StringComparer.Ordinal)
        .Select(e => new TreeItem($"{path}/{e.Name}", e.Attributes.HasFlag(FileAttributes.Directory), "") { IsLink = e.LinkTarget is not null })
        .ToList();

    private static TreeAnswer List(TreeQuestion question, CancellationToken cancellationToken)
    {
        var root = question.Repository.Folder!;
        return Guard(
            root,
            () =>
            {
                var items = new List<TreeItem>();
                foreach (var container in ArtifactType.All.Select(t => t.Container).OfType<string>().Where(c => Directory.Exists(Path.Combine(root, c))))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    items.AddRange(ListArtifacts(root, question.Repository.Within, container, cancellationToken));
                }

                return new TreeAnswer(question, items, IsComplete: true, Error: null);
            },
            error => new TreeAnswer(question, [], IsComplete: false, error));
    }

    /// <summary>
    /// Lists the artifacts in a container. The folder around the containers is not searched, because it can be large, such as a user's home.
    /// </summary>
    private static IEnumerable<TreeItem> ListArtifacts(string root, string? within, string container, CancellationToken cancellationToken)
    {
        foreach (var entry in new DirectoryInfo(Path.Combine(root, container)).EnumerateFileSystemInfos())
        {
            var path = $"{container}/{entry.Name}";
            var isFolder = entry.Attributes.HasFlag(FileAttributes.Directory);
            yield return new TreeItem(path, isFolder, FolderHash.Of(root, within, path, cancellationToken)) { IsLink = entry.LinkTarget is not null };
            if (isFolder)
            {
                foreach (var file in ((DirectoryInfo)entry).EnumerateFiles())
                {
                    yield return new TreeItem($"{path}/{file.Name}", IsFolder: false, "");
                }
            }
        }
    }

    private static FileReading Read(FileQuestion question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Guard(
            question.Repository.Folder!,
            () => new FileReading(question.Paths.Select(p => ReadFile(question.Repository.Folder!, question.Repository.Within, p, question.IsWhole)).FirstOrDefault(f => f is not null), Error: null),
            error => new FileReading(File: null, error));
    }

    private static FileAnswer? ReadFile(string root, string? within, string path, bool isWhole = false)
    {
        var file = new FileInfo(Path.Combine(root, path));
        if (!file.Exists || (within is not null && !IsInside(within, file.FullName)))
        {
            return null;
        }

        using var stream = RegularFile.OpenRead(file.FullName);
        var bytes = new byte[Math.Min(stream.Length, LongestText)];
        stream.ReadExactly(bytes);
        return new FileAnswer(path, Convert.ToHexString(SHA256.HashData(bytes)).ToLowerInvariant(), isWhole ? Encoding.UTF8.GetString(bytes) : FrontMatterReader.Head(path, Encoding.UTF8.GetString(bytes)));
    }

    private static bool IsInside(string within, string file)
    {
        var resolved = LinkTarget.Resolve(file);
        return PathEquality.IsIn(LinkTarget.RealFolder(within), Path.Combine(LinkTarget.RealFolder(Path.GetDirectoryName(resolved)!), Path.GetFileName(resolved)));
    }

    private static T Guard<T>(string root, Func<T> read, Func<UpstreamException, T> fail)
    {
        try
        {
            return read();
        }
        catch (UpstreamException e)
        {
            return fail(e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SkillMeatException)
        {
            return fail(new UpstreamException(ErrorIds.UpstreamUnavailable, $"{root}: {e.Message}", innerException: e));
        }
    }
}
