using System.Security.Cryptography;
using System.Text;
using SkillMeat.Errors;
using SkillMeat.Upstream.Caching;

namespace SkillMeat.Upstream.Listings;

/// <summary>
/// Caches the files of repositories at their last listed commits, and the texts in them that were read, in one file for each repository. Only for lists that are shown: whatever is added, updated or
/// removed is read from upstream.
/// </summary>
/// <remarks>Thread-safe. A cache that cannot be read or written counts as empty.</remarks>
/// <param name="folder">The folder of the files. It does not have to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when a file cannot be read or written.</param>
internal sealed class ListingCache(string folder, Random random, Action<string> report)
{
    /// <summary>The largest number of repositories with a file.</summary>
    public const int MostRepositories = 32;

    private const string Prefix = "listed-";

    private readonly object _gate = new();
    private readonly Dictionary<RepositoryAddress, RepositoryListings> _repositories = [];

    /// <summary>Returns the files of a repository at a commit, or null if they are not cached.</summary>
    public IReadOnlyList<TreeItem>? Find(TreeQuestion question)
    {
        lock (_gate) return Of(question.Repository).Find(question.Commit);
    }

    /// <summary>Adds the files of a repository at a commit, for <see cref="Save"/>. A list that is too large to be cached is left out.</summary>
    public void Add(TreeAnswer tree)
    {
        lock (_gate) Of(tree.Question.Repository).Add(tree.Question.Commit, tree.Items);
    }

    /// <summary>Returns the text of a file as it was read, or null if it is not cached.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blobId">The blob id of the file.</param>
    /// <param name="isWhole">Whether the whole text is wanted, and not only the front matter.</param>
    public string? FindText(RepositoryAddress repository, string blobId, bool isWhole)
    {
        lock (_gate) return Of(repository).FindText(blobId, isWhole);
    }

    /// <summary>Adds the text of a file, for <see cref="Save"/>.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="blobId">The blob id of the file.</param>
    /// <param name="isWhole">Whether it is the whole text.</param>
    /// <param name="text">The text.</param>
    public void AddText(RepositoryAddress repository, string blobId, bool isWhole, string text)
    {
        lock (_gate) Of(repository).AddText(blobId, isWhole, text);
    }

    /// <summary>Writes what was added, if anything was, and removes the files of the repositories that have not been listed for the longest time.</summary>
    public void Save()
    {
        lock (_gate)
        {
            var saved = _repositories.Values.Count(repository => repository.Save());
            if (saved > 0) RemoveOldest();
        }
    }

    private RepositoryListings Of(RepositoryAddress repository)
    {
        if (_repositories.TryGetValue(repository, out var known)) return known;
        var name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(repository.Address)).AsSpan(0, 8)).ToLowerInvariant();
        return _repositories[repository] = new RepositoryListings(new JsonCacheFile(Path.Combine(folder, $"{Prefix}{name}.json"), "listed", random, report));
    }

    private void RemoveOldest()
    {
        try
        {
            var files = new DirectoryInfo(folder).GetFiles($"{Prefix}*.json", new EnumerationOptions { AttributesToSkip = 0 });
            foreach (var file in files.OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostRepositories)) file.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            report($"Cannot tidy the cache '{folder}' ({e.Message}).");
        }
    }
}
