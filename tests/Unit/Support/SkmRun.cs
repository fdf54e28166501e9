using System.Text;
using System.Text.Json;
using SkillMeat.Cli;
using Xunit;

namespace SkillMeat.Tests.Support;

/// <summary>The result of one run of <c>skm</c>, as a script sees it.</summary>
/// <param name="ExitCode">The exit code.</param>
/// <param name="OutputBytes">Every byte of standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record SkmRun(int ExitCode, byte[] OutputBytes, string Error)
{
    public string Output => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(OutputBytes);

    /// <summary>Standard output, parsed as one JSON value.</summary>
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(OutputBytes);
            return document.RootElement.Clone();
        }
    }

    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Runs <c>skm</c>: the published program if that is tested and a process can have these surroundings, else in the process of the test.</summary>
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

    /// <summary>Asserts success, and shows the error output otherwise.</summary>
    public SkmRun Succeeds(int exitCode = 0)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}, not {exitCode}: {Error}{Encoding.UTF8.GetString(OutputBytes)}");
        return this;
    }

    /// <summary>Asserts a failure as scripts rely on it: exit code 1, nothing on standard output, one line on standard error that contains all of these texts.</summary>
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
