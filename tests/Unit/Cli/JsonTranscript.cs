using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SkillMeat.Tests.Support;

namespace SkillMeat.Tests.Cli;

/// <summary>Runs commands with <c>--format json</c> on one home, a second after another, and writes down everything that they print.</summary>
internal sealed partial class JsonTranscript(string home, string place, IReadOnlyDictionary<string, string?> environment)
{
    private readonly ManualTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 8, 30, 0, 123, 456, TimeSpan.Zero));
    private readonly StringBuilder _text = new();

    /// <summary>What was printed, without what differs from run to run: the folder, the port, the system's words about a port where nobody listens, and how well files that name the folder are compressed.</summary>
    public string Text => new (Regex Pattern, string Text)[] { (Port(), "127.0.0.1:PORT"), (Refusal(), "the last: REFUSED"), (Size(), "\"size_bytes\": SIZE") }
        .Aggregate(_text.ToString().Replace(place, "PLACE", StringComparison.Ordinal), (text, one) => one.Pattern.Replace(text, one.Text));

    /// <summary>Runs a command whose arguments have spaces between; <c>PLACE</c> is the temporary folder.</summary>
    public async Task<SkmRun> RunAsync(string command)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var run = await SkmRun.StartAsync(
            [.. command.Split(' ').Select(argument => argument.Replace("PLACE", place, StringComparison.Ordinal)), "--format", "json", "--home", home],
            new SkmSurroundings { Environment = environment, Time = _time });
        _text.Append(CultureInfo.InvariantCulture, $"$ skm {command}\n{run.Output}{run.Error}[{run.ExitCode}]\n\n");
        return run;
    }

    [GeneratedRegex(@"127\.0\.0\.1:\d+")]
    private static partial Regex Port();

    [GeneratedRegex("the last: [^\"]*")]
    private static partial Regex Refusal();

    [GeneratedRegex(@"""size_bytes"": \d{4,}")]
    private static partial Regex Size();
}
