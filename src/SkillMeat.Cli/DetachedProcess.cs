using System.Runtime.InteropServices;

namespace SkillMeat.Cli;

/// <summary>Takes this process out of the terminal of the one that started it, as long as this is not disposed.</summary>
internal sealed class DetachedProcess : IDisposable
{
    private readonly PosixSignalRegistration _hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);

    private DetachedProcess()
    {
    }

    public static DetachedProcess Begin()
    {
        // A session of its own has no terminal. The job of a shell cannot begin one; the signal of a closed terminal is ignored all the same. On Windows, the one who starts the process gives it a console of its own.
        if (!OperatingSystem.IsWindows()) _ = setsid();
        return new DetachedProcess();
    }

    /// <inheritdoc/>
    public void Dispose() => _hangUp.Dispose();

    [DllImport("libc")]
    private static extern int setsid();
}
