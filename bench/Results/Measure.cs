namespace SkillMeat.Bench.Results;

/// <summary>One line of the table: a measurement, and its limit if there is one. A measure without samples was skipped; its note has the reason.</summary>
internal sealed record Measure(string What, string Unit, Samples? Samples)
{
    /// <summary>The limit of the median, in the same unit; null if there is none.</summary>
    public double? AtMost { get; init; }

    /// <summary>Whether a median above the limit is a failure of the benchmark.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the median is above the limit.</summary>
    public bool IsMissed => AtMost is { } most && Samples is { } samples && samples.Median > most;

    /// <summary>The reason why it was skipped, or the way it was measured.</summary>
    public string Note { get; init; } = "";

    public static Measure Milliseconds(string what, IEnumerable<double> values) => new(what, "ms", new Samples(values));

    public static Measure Ratio(string what, IEnumerable<double> values, IEnumerable<double> others) =>
        new(what, "×", new Samples(values.Zip(others, (value, other) => value / other))) { Note = "of neighbouring runs" };

    public static Measure Skipped(string what, string reason) => new(what, "", null) { Note = $"skipped: {reason}" };
}
