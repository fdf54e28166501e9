using System.Text;

namespace SkillMeat.Cli;

/// <summary>The environment of a run of <c>skm</c>: its streams, environment variables and clock. Tests pass their own.</summary>
public sealed class SkmHost : IDisposable
{
    /// <summary>Standard output, for results only.</summary>
    public required Stream Output { get; init; }

    /// <summary>Standard error, for errors, warnings and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Standard input, for answers to prompts.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Whether standard input and standard error are a terminal, so that prompts are possible.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>Whether standard output is a terminal.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>The width of the terminal in characters. Ignored if standard output is not a terminal.</summary>
    public int Width { get; init; } = 160;

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>The clock.</summary>
#pragma warning disable RS0030 // The program takes the system's clock here and nowhere else.
    public TimeProvider Time { get; init; } = TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>The innermost HTTP handler, or null for the default.</summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>Creates the host of the current process.</summary>
    public static SkmHost OfProcess()
    {
        // The streams are UTF-8 even if redirected, because JSON must be.
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
