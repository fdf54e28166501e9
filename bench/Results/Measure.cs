namespace SkillMeat.Bench.Results;

/// <summary>One line of the table: what was measured, and what is asked for where anything is. A measure without samples was skipped, and says why.</summary>
internal sealed record Measure(string What, string Unit, Samples? Samples)
{
    /// <summary>The most that the median may be, in the same unit; null where nothing is asked for.</summary>
    public double? AtMost { get; init; }

    /// <summary>Why it was skipped, or how it was measured.</summary>
    public string Note { get; init; } = "";

    public static Measure Milliseconds(string what, IEnumerable<double> values) => new(what, "ms", new Samples(values));

    public static Measure Ratio(string what, IEnumerable<double> values, IEnumerable<double> others) =>
        new(what, "×", new Samples(values.Zip(others, (value, other) => value / other))) { Note = "of neighbouring runs" };

    public static Measure Skipped(string what, string reason) => new(what, "", null) { Note = $"skipped: {reason}" };
}
