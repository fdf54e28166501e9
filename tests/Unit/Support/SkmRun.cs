using System.Text;
using System.Text.Json;
using SkillMeat.Cli;
using Xunit;

namespace SkillMeat.Tests.Support;

/// <summary>What one run of <c>skm</c> did, as a script sees it.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="OutputBytes">Every byte of standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record SkmRun(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(OutputBytes);

    /// <summary>Standard output as the one JSON value that it must be.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(OutputBytes);
            return document.RootElement.Clone();
        }
    }

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs <c>skm</c>: the published program where one is tested and a process can have these surroundings, else inside the test's process.</summary>
    public static async Task<SkmRun> StartAsync(IReadOnlyList<string> arguments, SkmSurroundings? around = null)
    {
        around ??= new SkmSurroundings();
        if (SkmProcess.Published is { } program && around.FitsProcess)
        {
            return await SkmProcess.StartAsync(program, arguments, TestContext.Current.CancellationToken, around.Environment, around.Input);
        }

        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        using var input = new StringReader(around.Input);
        using var host = new SkmHost
        {
            Output = output,
            Error = error,
            Input = input,
            IsInteractive = around.IsInteractive,
            IsOutputTerminal = around.IsOutputTerminal,
            Width = around.Width,
            Environment = around.Environment.GetValueOrDefault,
            Time = around.Time ?? TimeProvider.System,
        };
        var exitCode = await SkmApp.RunAsync(arguments, host, around.Cancellation ?? TestContext.Current.CancellationToken);
        return new SkmRun(exitCode, output.ToArray(), error.ToString());
    }

    /// <summary>Checks for success, and shows what was said when there was none.</summary>
    public SkmRun Succeeds(int exitCode = 0)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, not {exitCode}: {Error}{Encoding.UTF8.GetString(OutputBytes)}");
        return this;
    }

    /// <summary>Checks for a failure as scripts rely on it: exit code 1, nothing on standard output, one line on standard error that holds all of these.</summary>
    public SkmRun Fails(params string[] parts)
    {
        Assert.True(ExitCode == 1, $"exit code {ExitCode}: {Error}");
        Assert.Empty(OutputBytes);
        Assert.True(Error.EndsWith('\n') && Error.IndexOf('\n', StringComparison.Ordinal) == Error.Length - 1, $"not one line: {Error}");
        Assert.StartsWith("error: ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain(Error[..^1], char.IsControl);
        Assert.All(parts, part => Assert.Contains(part, Error, StringComparison.Ordinal));
        return this;
    }
}
