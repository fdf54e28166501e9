using SkillMeat.Upstream;

namespace SkillMeat.Browsing;

/// <summary>Reads text files, each once.</summary>
/// <param name="provider">Reads what is not known yet.</param>
internal sealed class FileReadings(IUpstreamProvider provider)
{
    private readonly Dictionary<(RepositoryAddress Repository, string Commit, string Path, bool IsWhole), FileReading> _known = [];

    /// <summary>Remembers what was read already.</summary>
    /// <param name="question">The question, with one path.</param>
    /// <param name="reading">The file, or that there is none.</param>
    public void Add(FileQuestion question, FileReading reading) => _known[Key(question)] = reading;

    /// <summary>Reads files in one batch.</summary>
    /// <param name="questions">The questions, each with one path.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The readings, in the order of the questions.</returns>
    public async Task<IReadOnlyList<FileReading>> ReadAsync(IReadOnlyList<FileQuestion> questions, CancellationToken cancellationToken)
    {
        var missing = questions.Where(question => !_known.ContainsKey(Key(question))).DistinctBy(Key).ToList();
        var read = missing.Count == 0 ? [] : await provider.ReadAsync(missing, cancellationToken).ConfigureAwait(false);
        foreach (var (question, reading) in missing.Zip(read)) Add(question, reading);
        return [.. questions.Select(question => _known[Key(question)])];
    }

    private static (RepositoryAddress Repository, string Commit, string Path, bool IsWhole) Key(FileQuestion question) => (question.Repository, question.Commit, question.Paths[0], question.IsWhole);
}
