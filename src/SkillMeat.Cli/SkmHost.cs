using System.Text;

namespace SkillMeat.Cli;

/// <summary>What a run of <c>skm</c> touches outside the home: its streams, its environment, the clock. Tests pass their own.</summary>
public sealed class SkmHost : IDisposable
{
    /// <summary>Standard output: results and nothing else.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error: errors, warnings, progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input, for questions.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Whether standard input and standard error are a terminal, so that a question can be asked.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>The width of the terminal in characters; does not matter elsewhere.</summary>
    public int Width { get; init; } = 160;

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
#pragma warning disable RS0030 // The program takes the system's clock here and nowhere else.
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>The innermost HTTP handler; null for the real one.</summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>The host that a process has.</summary>
    public static SkmHost OfProcess()
    {
        // The streams are UTF-8 wherever they go: JSON has no other encoding.
        var error = new StreamWriter(Console.OpenStandardError(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
        return new SkmHost
        {
            Output = Console.OpenStandardOutput(),
            Error = error,
            Input = Console.In,
            IsInteractive = !Console.IsInputRedirected && !Console.IsErrorRedirected,
            IsOutputTerminal = !Console.IsOutputRedirected,
            Width = Console.IsOutputRedirected ? 160 : Math.Max(40, Console.WindowWidth),
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Output.Dispose();
        Error.Dispose();
    }
}
