namespace SkillMeat.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">The title.</param>
/// <param name="Rank">0 for a column that is always shown. If the table is wider than the terminal, the column of the highest rank is left out first.</param>
internal sealed record Column(string Title, int Rank = 0)
{
    /// <summary>Whether found words in it are marked, as <see cref="MarkedText"/> describes.</summary>
    public bool IsMarked { get; init; }

    public static implicit operator Column(string title) => new(title);
}
