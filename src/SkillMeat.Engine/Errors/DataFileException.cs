namespace SkillMeat.Errors;

/// <summary>A file that can't be read as what it should be: not UTF-8, not TOML, a missing key, a value of the wrong type.</summary>
public sealed class DataFileException : SkillMeatException
{
    /// <summary>Makes an error that names the file and the place in it.</summary>
    /// <param name="errorId"><see cref="ErrorIds.InvalidToml"/>, <see cref="ErrorIds.InvalidData"/>, <see cref="ErrorIds.SnapshotCorrupt"/> or <see cref="ErrorIds.ObjectCorrupt"/>.</param>
    /// <param name="path">The file's full path.</param>
    /// <param name="line">The line, counted from 1; 0 when the file as a whole is meant.</param>
    /// <param name="column">The column in characters, counted from 1; 0 when the line as a whole is meant.</param>
    /// <param name="problem">What is wrong there, without the place.</param>
    /// <param name="innerException">What caused it, if anything did.</param>
    public DataFileException(string errorId, string path, int line, int column, string problem, Exception? innerException = null)
        : base(errorId, Describe(path, line, column, problem), innerException)
    {
        Path = path;
        Line = line;
        Column = column;
        Problem = problem;
    }

    /// <summary>The file's full path.</summary>
    public string Path { get; }

    /// <summary>The line, counted from 1; 0 when the file as a whole is meant.</summary>
    public int Line { get; }

    /// <summary>The column in characters, counted from 1; 0 when the line as a whole is meant.</summary>
    public int Column { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; }

    /// <summary>Whether an archive is not whole, so that another copy of it may do; false when it is refused for what it holds.</summary>
    internal bool IsDamaged { get; init; }

    private static string Describe(string path, int line, int column, string problem) => (line, column) switch
    {
        ( <= 0, _) => $"{path}: {problem}",
        (_, <= 0) => $"{path}:{line}: {problem}",
        _ => $"{path}:{line}:{column}: {problem}",
    };
}
