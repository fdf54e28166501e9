using System.Diagnostics;
using System.Text;

namespace SkillMeat.Tests.Storage;

/// <summary>Another process that uses a home; killed on dispose if it still runs.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private HostProcess(Process process)
    {
        _process = process;
    }

    public int Id => _process.Id;

    public StreamReader Output => _process.StandardOutput;

    public StreamWriter Input => _process.StandardInput;

    /// <summary>The error output of the process; complete after <see cref="WaitAsync"/>.</summary>
    public string Errors => _errors.ToString();

    public static HostProcess Start(params string[] arguments)
    {
        var name = OperatingSystem.IsWindows() ? "SkillMeat.Tests.CrashHost.exe" : "SkillMeat.Tests.CrashHost";
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, name), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";

        // A killed process would leave its diagnostic sockets and pipes behind.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";

        // Dozens of processes wait at once; none runs long enough for tiered compilation to pay off.
        start.Environment["DOTNET_TC_CallCountThreshold"] = "F00000";
        var process = Process.Start(start)!;
        var host = new HostProcess(process);
        process.ErrorDataReceived += (_, line) => host._errors.AppendLine(line.Data);
        process.BeginErrorReadLine();
        return host;
    }

    public static async Task<int> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        using var host = Start(arguments);
        return await host.WaitAsync(cancellationToken);
    }

    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
