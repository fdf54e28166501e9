namespace SkillMeat.Errors;

/// <summary>A file could not be parsed: it is not UTF-8 or TOML, lacks a key, or has a value of the wrong type.</summary>
public sealed class DataFileException : SkillMeatException
{
    /// <summary>Creates an error that names the file and the position in it.</summary>
    /// <param name="errorId"><see cref="ErrorIds.InvalidToml"/>, <see cref="ErrorIds.InvalidData"/>, <see cref="ErrorIds.SnapshotCorrupt"/> or <see cref="ErrorIds.ObjectCorrupt"/>.</param>
    /// <param name="path">The full path of the file.</param>
    /// <param name="line">The line, counted from 1, or 0 for the whole file.</param>
    /// <param name="column">The column in characters, counted from 1, or 0 for the whole line.</param>
    /// <param name="problem">The problem, without the position.</param>
    /// <param name="innerException">The cause, or null.</param>
    public DataFileException(string errorId, string path, int line, int column, string problem, Exception? innerException = null)
        : base(errorId, Describe(path, line, column, problem), innerException)
    {
        Path = path;
        Line = line;
        Column = column;
        Problem = problem;
    }

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The line, counted from 1, or 0 for the whole file.</summary>
    public int Line { get; }

    /// <summary>The column in characters, counted from 1, or 0 for the whole line.</summary>
    public int Column { get; }

    /// <summary>The problem, without the position.</summary>
    public string Problem { get; }

    /// <summary>Whether the file is a damaged archive, so that another copy of it may be good. False if the archive was refused because of its contents.</summary>
    internal bool IsDamaged { get; init; }

    private static string Describe(string path, int line, int column, string problem) => (line, column) switch
    {
        ( <= 0, _) => $"{path}: {problem}",
        (_, <= 0) => $"{path}:{line}: {problem}",
        _ => $"{path}:{line}:{column}: {problem}",
    };
}
