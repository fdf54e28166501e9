using SkillMeat.Upstream;
using SkillMeat.Upstream.Listings;

namespace SkillMeat.Browsing;

/// <summary>Reads text files, each once. A text that was read before at any commit is not read again.</summary>
/// <param name="provider">Reads what is not known yet.</param>
/// <param name="cache">The texts of earlier sessions.</param>
internal sealed class FileReadings(IUpstreamProvider provider, ListingCache cache)
{
    private readonly Dictionary<(RepositoryAddress Repository, string Commit, string Path, bool IsWhole), FileReading> _known = [];
    private readonly Dictionary<(RepositoryAddress Repository, string Commit), Dictionary<string, TreeItem>> _lists = [];

    /// <summary>Remembers what was read already.</summary>
    /// <param name="question">The question, with one path.</param>
    /// <param name="reading">The file, or that there is none.</param>
    public void Add(FileQuestion question, FileReading reading) => _known[Key(question)] = reading;

    /// <summary>Remembers the complete list of the files of a commit.</summary>
    /// <param name="repository">The repository.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="items">The files and folders.</param>
    public void AddList(RepositoryAddress repository, string commit, IReadOnlyList<TreeItem> items)
    {
        var list = _lists[(repository, commit)] = new Dictionary<string, TreeItem>(items.Count, StringComparer.Ordinal);
        foreach (var item in items) list[item.Path] = item;
    }

    /// <summary>Reads files in one batch.</summary>
    /// <param name="questions">The questions, each with one path.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The readings, in the order of the questions.</returns>
    public async Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken)
    {
        var missing = questions.Where(question => !_known.ContainsKey(Key(question))).DistinctBy(Key).Where(question => !IsCached(question)).ToList();
        var read = missing.Count == 0 ? [] : await provider.ReadAsync(missing, cancellationToken).ConfigureAwait(false);
        foreach (var (question, reading) in missing.Zip(read))
        {
            Add(question, reading);
            if (question.Repository.Kind != RepositoryKind.Folder && reading.File is { Text: { } text } file) cache.AddText(question.Repository, file.BlobId, question.IsWhole, text);
        }

        return [.. questions.Select(question => _known[Key(question)])];
    }

    private bool IsCached(FileQuestion question)
    {
        if (!_lists.TryGetValue((question.Repository, question.Commit), out var list)) return false;
        var path = question.Paths[0];
        if (!list.TryGetValue(path, out var item) || item.IsFolder)
        {
            Add(question, FileReading.Missing);
            return true;
        }

        if (cache.FindText(question.Repository, item.ObjectId, question.IsWhole) is not { } text) return false;
        Add(question, new FileReading(new FileAnswer(path, item.ObjectId, text), Error: null));
        return true;
    }

    private static (RepositoryAddress Repository, string Commit, string Path, bool IsWhole) Key(FileQuestion question) => (question.Repository, question.Commit, question.Paths[0], question.IsWhole);
}
