using System.Globalization;
using SkillMeat.Bench.Results;

namespace SkillMeat.Bench.Growth;

/// <summary>The results of one operation with collections of different sizes, as lines of the table.</summary>
internal sealed class GrowthRow(string name)
{
    /// <summary>The sizes whose times are measured. The exponent is that between the last two.</summary>
    public static readonly IReadOnlyList<int> TimedSizes = [20, 1000, 10000];

    private const double MaxExponent = 1.15;

    private readonly Dictionary<int, List<double>> _times = [];
    private readonly Dictionary<int, double> _peaks = [];
    private readonly Dictionary<int, double> _processorTimes = [];

    /// <summary>The limits of the time in milliseconds, by the number of artifacts.</summary>
    public IReadOnlyDictionary<int, double> TimeAtMost { get; init; } = new Dictionary<int, double>();

    public void AddTime(int artifacts, double milliseconds)
    {
        if (!_times.TryGetValue(artifacts, out var times)) _times[artifacts] = times = [];
        times.Add(milliseconds);
    }

    public void SetPeak(int artifacts, double megabytes) => _peaks[artifacts] = megabytes;

    public void SetProcessorTime(int artifacts, double milliseconds) => _processorTimes[artifacts] = milliseconds;

    /// <summary>The highest peak of a number of artifacts, or null if it was not measured.</summary>
    public double? Peak(int artifacts) => _peaks.TryGetValue(artifacts, out var peak) ? peak : null;

    public IEnumerable<Measure> Describe()
    {
        foreach (var artifacts in TimedSizes)
        {
            yield return Measure.Milliseconds($"{name}: {Text(artifacts)} artifacts", _times[artifacts]) with
            {
                AtMost = TimeAtMost.TryGetValue(artifacts, out var limit) ? limit : null,
                Note = Peak(artifacts) is { } peak ? $"peak {peak.ToString("0", CultureInfo.InvariantCulture)} MB" : "",
            };
        }

        // The processor time, where it is known: other programs and the disk change the time of a run.
        var (times, note) = _processorTimes.Count == _times.Count ? (_processorTimes, "of the processor time") : (_times.ToDictionary(pair => pair.Key, pair => pair.Value.Min()), "of the smallest times");
        yield return new Measure("  exponent, 1,000 to 10,000", "", new Samples([Exponent(times, TimedSizes[^2], TimedSizes[^1])])) { AtMost = MaxExponent, IsRequired = true, Note = note };
    }

    public static string Text(int artifacts) => artifacts.ToString("N0", CultureInfo.InvariantCulture);

    private static double Exponent(Dictionary<int, double> times, int few, int many) => Math.Log(times[many] / times[few]) / Math.Log((double)many / few);
}
