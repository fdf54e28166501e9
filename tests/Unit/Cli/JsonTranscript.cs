using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Cli;

/// <summary>Runs commands with <c>--format json</c> on one home, one second apart, and records everything that they print.</summary>
internal sealed partial class JsonTranscript(string home, string place, IReadOnlyDictionary<string, string?> environment)
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 8, 30, 0, 123, 456, TimeSpan.Zero));
    private readonly StringBuilder _text = new();

    /// <summary>
    /// The output without the parts that differ from run to run: the folder, the port, the system's message about a port without a listener, the compressed sizes of files that name the folder, and the
    /// ids of contents, which know their permissions.
    /// </summary>
    public string Text => new (Regex Pattern, string Text)[] { (Port(), "127.0.0.1:PORT"), (Refusal(), "the last error: REFUSED."), (Size(), "\"size_bytes\": SIZE"), (StoredId(), "in the object store as ID") }
        .Aggregate(_text.ToString().Replace(place, "PLACE", StringComparison.Ordinal), (text, one) => one.Pattern.Replace(text, one.Text));

    /// <summary>Numbers the snapshots, and leaves out times and durations: a published program has the system's clock.</summary>
    public static string WithoutTimes(string text)
    {
        var ids = new List<string>();
        // With a clock that stands still, the two snapshots of one command have the same id.
        var numbered = SnapshotId().Replace(SourceSnapshot().Replace(text, "\"source_snapshot_id\": \"SNAPSHOT\""), match =>
        {
            if (!ids.Contains(match.Value)) ids.Add(match.Value);
            return $"SNAPSHOT-{ids.IndexOf(match.Value)}";
        });
        return Duration().Replace(Time().Replace(numbered, "TIME"), "\"duration_ms\": DURATION");
    }

    /// <summary>Runs a command whose arguments are separated by spaces; <c>PLACE</c> is the temporary folder.</summary>
    public async Task<SkmRun> RunAsync(string command)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var run = await SkmRun.StartAsync(
            [.. command.Split(' ').Select(argument => argument.Replace("PLACE", place, StringComparison.Ordinal)), "--format", "json", "--home", home],
            new SkmSurroundings { Environment = environment, Time = SkmProcess.Published is null ? _time : null });
        _text.Append(CultureInfo.InvariantCulture, $"$ skm {command}\n{run.Output}{run.Error}[{run.ExitCode}]\n\n");
        return run;
    }

    [GeneratedRegex(@"\d{8}-\d{6}-\d{6}")]
    private static partial Regex SnapshotId();

    [GeneratedRegex(@"""source_snapshot_id"": ""[^""]+""")]
    private static partial Regex SourceSnapshot();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z")]
    private static partial Regex Time();

    [GeneratedRegex(@"""duration_ms"": \d+(\.\d{1,3})?")]
    private static partial Regex Duration();

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [GeneratedRegex("the last error: [^\"]*")]
    private static partial Regex Refusal();

    [GeneratedRegex("in the object store as [0-9a-f]{64}")]
    private static partial Regex StoredId();

    [GeneratedRegex(@"""size_bytes"": \d{4,}")]
    private static partial Regex Size();
}
