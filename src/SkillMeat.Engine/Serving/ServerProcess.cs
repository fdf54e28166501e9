using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using SkillMeat.Errors;

namespace SkillMeat.Serving;

/// <summary>A server that is being started. Once this is disposed, nothing connects it with this process.</summary>
internal sealed class ServerProcess : IDisposable
{
    private const int MostText = 4_000;

    // They speak of this process, not of the new one.
    private static readonly string[] _foreignVariables = ["NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"];

    private static readonly TimeSpan _longestEnd = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _longestText = TimeSpan.FromSeconds(1);

    private readonly Process _process;

    private ServerProcess(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    public bool HasEnded => _process.HasExited;

    /// <exception cref="SkillMeatException"><see cref="ErrorIds.ServerFailed"/>: the program cannot be run.</exception>
    public static ServerProcess Start(ServerStart start, string home)
    {
        // The pipes are closed unread when the server is ready: the end of this process, or its not reading, must not reach the server.
        var options = new ProcessStartInfo(start.Program)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = FindFolder(),
        };
        foreach (var argument in (string[])["serve", "--detached", "--no-open", "--home", home]) options.ArgumentList.Add(argument);
        if (start.Port is { } port)
        {
            options.ArgumentList.Add("--port");
            options.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        }

        foreach (var name in _foreignVariables) options.Environment.Remove(name);
        try
        {
            using var own = OperatingSystem.IsWindows() ? new OwnStreams() : null;
            var process = Process.Start(options)!;
            process.StandardInput.Close();
            return new ServerProcess(process);
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            throw new SkillMeatException(ErrorIds.ServerFailed, $"Cannot run '{start.Program}': {e.Message}", e);
        }
    }

    /// <summary>Describes why the program ended.</summary>
    public SkillMeatException Failure()
    {
        var text = ReadErrors().Trim();
        const string Prefix = "error: ";
        if (text.StartsWith(Prefix, StringComparison.Ordinal)) text = text[Prefix.Length..];
        return new SkillMeatException(ErrorIds.ServerFailed, string.Create(CultureInfo.InvariantCulture,
            $"The server ended before it was ready (exit code {_process.ExitCode}){(text.Length > 0 ? $": {text}" : $". '{_process.StartInfo.FileName}' said nothing; is it SkillMeat's skm?")}"));
    }

    /// <summary>Ends the program, if it still runs.</summary>
    public void End()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit(_longestEnd);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It has ended by itself.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    // The folder of the shell could not be deleted as long as the server runs.
    private static string FindFolder() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } folder && Directory.Exists(folder) ? folder : Path.GetPathRoot(Environment.SystemDirectory) ?? "";

    private string ReadErrors()
    {
        // A process that the program started may still have the pipe.
        var buffer = new char[MostText];
        var reading = Task.Run(() => _process.StandardError.ReadBlock(buffer, 0, buffer.Length));
        return reading.Wait(_longestText) ? new string(buffer, 0, reading.Result) : "";
    }
}
