namespace SkillMeat.Upstream.GitHub;

/// <summary>Reads files of one repository.</summary>
/// <param name="repository">The repository.</param>
/// <param name="files">The files, each with its index among all questions.</param>
internal sealed class GraphQlFileInquiry(RepositoryAddress repository, IReadOnlyList<(int Place, FileQuestion Question)> files)
{
    public RepositoryAddress Repository => repository;

    public IReadOnlyList<(int Place, FileQuestion Question)> Files => files;

    public GraphQlFindings Findings { get; } = new();

    public GraphQlShare Share => new(
        repository, new GraphQlHeader(WithRoot: false, WithFacts: false), files.SelectMany(f => f.Question.Paths.Select(p => LookupOf(f.Question, p))).Distinct().ToList());

    /// <summary>Returns the first of the wanted files that exists. An unknown file is an error and does not count as missing.</summary>
    public FileReading Read(FileQuestion question)
    {
        if (Findings.Error is { } error)
        {
            return new FileReading(File: null, error);
        }

        foreach (var path in question.Paths)
        {
            var found = Findings.Find(LookupOf(question, path))!;
            if (found.Error is not null)
            {
                return new FileReading(File: null, found.Error);
            }

            if (found.Object is { IsFile: true } blob)
            {
                return new FileReading(new FileAnswer(path, blob.Id, blob.Text), Error: null);
            }
        }

        return FileReading.Missing;
    }

    /// <summary>Returns the lookup of a file.</summary>
    public static GraphQlLookup LookupOf(FileQuestion question, string path) =>
        GraphQlLookup.At(question.IsWhole ? GraphQlLookupKind.WholeText : question.WithText ? GraphQlLookupKind.Text : GraphQlLookupKind.Object, question.Commit, path);
}
